package io.pinion.archive;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Operator;
import io.pinion.shell.text.ProgressLine;
import io.pinion.shell.text.Words;
import io.pinion.strategy.StorageException;
import io.pinion.volume.TapeDrive;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code tape}: what an operator does with a drive, and with files on a tape. */
@Component(
        service = TapeCommand.class,
        property = {"osgi.command.scope=pinion", "osgi.command.function=tape", "osgi.command.function=_tape_candidates"
        })
public final class TapeCommand {
    private static final String USAGE = "tape NAME OPERATION …";

    private final Drives drives;
    private final Optional<String> launched;

    @Activate
    public TapeCommand(@Reference Drives drives, BundleContext context) {
        this(drives, Optional.ofNullable(context.getProperty("pinion.interactive")));
    }

    /** @param launched what the launcher says of its own shell; empty elsewhere */
    TapeCommand(Drives drives, Optional<String> launched) {
        this.drives = drives;
        this.launched = launched;
    }

    @Descriptor("moves a tape, tells where it stands, writes files to it and reads them back")
    public void tape(
            CommandSession session,
            @Descriptor("with write: how many bytes a record has; 1MiB, or what the drive can")
                    @Parameter(
                            names = {"--record-size"},
                            absentValue = "")
                    String recordSize,
            @Descriptor("with write: behind all that is recorded, not where the tape stands")
                    @Parameter(
                            names = {"--append"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean append,
            @Descriptor("with write: on a set of tapes, each with a label; at the end of one it asks for the next")
                    @Parameter(
                            names = {"--multi-volume", "-M"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean multiVolume,
            @Descriptor(
                            "with write, read and list: drives, parted by commas, that have the set's next tapes; write overwrites"
                                    + " those")
                    @Parameter(
                            names = {"--next"},
                            absentValue = "")
                    String next,
            @Descriptor("with read and list: the file of the tape behind so many marks, not where the tape stands")
                    @Parameter(
                            names = {"--file"},
                            absentValue = "")
                    String file,
            @Descriptor("with read: replace files that are there")
                    @Parameter(
                            names = {"--overwrite"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean overwrite,
            @Descriptor("with list: all files of the tape from here on, not one")
                    @Parameter(
                            names = {"--all"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean all,
            @Descriptor("NAME status: what drive and tape are, and how they are set\n"
                            + "NAME tell: where the tape stands\n"
                            + "NAME rewind: to the beginning\n"
                            + "NAME forward N [marks|records]: over so many file marks, or records\n"
                            + "NAME back N [marks|records]: the same backwards, to in front of the last\n"
                            + "NAME end: to the end of data, where more can be written\n"
                            + "NAME locate ADDRESS [PARTITION]: to a block address that was told before\n"
                            + "NAME mark [N]: writes file marks; what was behind them is gone\n"
                            + "NAME erase: erases from here on, which may take hours\n"
                            + "NAME load: makes the tape ready\n"
                            + "NAME unload: rewinds and ejects\n"
                            + "NAME flush: has all on the medium that was written, without a file mark\n"
                            + "NAME block-size N: records of so many bytes each, or 0 for any length\n"
                            + "NAME compression on|off: whether the drive compresses what it writes\n"
                            + "NAME density CODE: how densely it writes, by the code that the drive's manual has\n"
                            + "NAME write FILE…: files and directories as a tar archive, and a file mark\n"
                            + "NAME read DIRECTORY: takes the files of an archive out, to behind the next file mark\n"
                            + "NAME list: the files of an archive; of what is none, its records\n"
                            + "NAME fsf N, bsr N, eod, …: other words of mt(1) do, too")
                    String... words)
            throws CommandFailure {
        Words taken = Words.of(USAGE, 2, Integer.MAX_VALUE, words);
        TapeDrive drive = drives.find(taken.get(0));
        List<String> operation = MtWords.translated(List.of(words).subList(1, words.length));
        String what = operation.get(0);
        List<String> operands = operation.subList(1, operation.size());
        require(taken, !recordSize.isEmpty(), "--record-size", what, "write");
        require(taken, append, "--append", what, "write");
        require(taken, multiVolume, "--multi-volume", what, "write");
        require(taken, !next.isEmpty(), "--next", what, "write", "read", "list");
        require(taken, !file.isEmpty(), "--file", what, "read", "list");
        require(taken, overwrite, "--overwrite", what, "read");
        require(taken, all, "--all", what, "list");
        try {
            if (what.equals("status")) {
                Words.of("tape NAME status", 0, 0, operands.toArray(String[]::new));
                DriveReport.lines(drive, drives.status(drive.name())).forEach(System.out::println);
                return;
            }
            ProgressLine line = new ProgressLine(System.out, ProgressLine.isTerminal(session));
            Operator operator = Operator.of(session, launched);
            try (FurtherTapes tapes = new FurtherTapes(drives, drive, what, operator, line, System.out)) {
                if (!next.isEmpty()) {
                    tapes.name(next);
                }
                if (multiVolume && !tapes.isAny()) {
                    throw taken.failure("there is no terminal to ask on for the next tape: name drives with --next;"
                            + " nothing was written");
                }
                if (append) {
                    Moves.taken(drive::spaceToEndOfData);
                }
                if (!file.isEmpty()) {
                    Operations.file(drive, taken, file);
                }
                TapeFiles files = new TapeFiles(tapes, drives.pool(), line, System.out);
                boolean set = multiVolume || !next.isEmpty();
                switch (what) {
                    case "write" ->
                        files.write(
                                session.currentDir(),
                                operands,
                                recordSize,
                                set ? Optional.of(UUID.randomUUID()) : Optional.empty());
                    case "read" -> files.read(session.currentDir(), operands, overwrite);
                    case "list" -> files.list(operands, all);
                    default ->
                        Operations.run(drive, what, operands)
                                .orElseThrow(() -> taken.failure("there is no operation " + what))
                                .forEach(System.out::println);
                }
            }
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    /** An option is for these operations alone, and means nothing with others. */
    private static void require(Words words, boolean given, String option, String operation, String... allowed)
            throws CommandFailure {
        if (given && !List.of(allowed).contains(operation)) {
            throw words.failure(option + " is for " + String.join(" and ", allowed) + ", not for " + operation);
        }
    }

    /** {@return what can be typed at a place in a command}: the shell's completion asks, and hides the underscore. */
    public List<String> _tape_candidates(List<String> words, int index) {
        if (index == 1 || index == 2 && words.get(0).endsWith("tape-copy")) {
            return drives.names();
        }
        return index == 2
                ? Stream.concat(Stream.of("status", "write", "read", "list"), Operations.names().stream())
                        .toList()
                : List.of();
    }
}
