package io.pinion.archive;

import io.pinion.archive.tar.TarEntry;
import io.pinion.archive.tar.TarInput;
import io.pinion.archive.tar.TarOutput;
import io.pinion.memory.BufferPool;
import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.ProgressLine;
import io.pinion.shell.text.Units;
import io.pinion.shell.text.Words;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.TapeOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files of this machine on a tape, an archive in each file of the tape, from where it stands to behind a file mark; or an archive on a
 * set of tapes. For one thread.
 */
final class TapeFiles {
    private static final int USUAL = 1 << 20;
    private static final String NAMING = "--next NAMES says in which drives the next ones are";
    private static final String UNFINISHED = "what was written is no whole archive, and no file mark is behind it";

    private final FurtherTapes tapes;
    private final Optional<BufferPool> pool;
    private final ProgressLine line;
    private final PrintStream output;

    TapeFiles(FurtherTapes tapes, Optional<BufferPool> pool, ProgressLine line, PrintStream output) {
        this.tapes = tapes;
        this.pool = pool;
        this.line = line;
        this.output = output;
    }

    /**
     * Writes an archive.
     *
     * @param recordSize as it was typed; empty for what suits the drive
     * @param set that the tape is to begin; empty for an archive that is on one tape, as any tar's is
     */
    void write(Path directory, List<String> names, String recordSize, Optional<UUID> set)
            throws CommandFailure, StorageException {
        Words words = words(
                "write FILE… [--append] [--record-size N] [--multi-volume] [--next NAMES]",
                1,
                Integer.MAX_VALUE,
                names);
        Selection selection = Selection.of(directory, names);
        int size = recordSize.isEmpty() ? usualSize() : Operations.bytes(words, recordSize);
        TapeOutputStream.Builder builder = TapeOutputStream.to(drive()).recordSize(size);
        pool.ifPresent(builder::pool);
        set.ifPresent(id -> builder.next(tapes).set(id));
        Transfer transfer = new Transfer(line, "written", selection.bytes());
        TapeOutputStream tape = builder.open();
        boolean whole = false;
        try {
            TarOutput archive = new TarOutput(tape);
            selection.visit(new ArchiveWriter(archive, transfer));
            archive.finish(size);
            tape.close();
            whole = true;
        } catch (IOException e) {
            // What is still on its way would move the tape from the place that is told.
            tape.abandon();
            String further = set.isPresent() ? NAMING : "--multi-volume goes on on further tapes";
            throw failure(
                    e, Kind.NO_SPACE, further, set.map(TapeFiles::unfinished).orElse(UNFINISHED));
        } finally {
            end(transfer);
            if (!whole) {
                tape.abandon();
            }
        }
        String records = ", " + Units.count(tape.progress().records(), "record") + " of " + Units.bytes(size);
        report(transfer, records + onTapes(set, tape.progress().tape()));
    }

    private static String unfinished(UUID set) {
        return "set " + set + " is not finished, and what is on its tapes is no whole archive";
    }

    private static String onTapes(Optional<UUID> set, int tapes) {
        return set.map(id -> " on " + Units.count(tapes, "tape") + " of set " + id)
                .orElse("");
    }

    void read(Path current, List<String> names, boolean overwrite) throws CommandFailure, StorageException {
        Words words = words("read DIRECTORY [--file N] [--overwrite] [--next NAMES]", 1, 1, names);
        Places places = new Places(directory(current.resolve(words.get(0))), overwrite);
        Transfer transfer = new Transfer(line, "read", 0);
        String more;
        try (TapeFile file = next()) {
            if (!file.isArchive()) {
                file.back();
                throw new CommandFailure(
                        file.isEmpty()
                                ? drive().name() + ": nothing to read: here is " + name(file.end())
                                : "what follows on the tape is no tar archive; 'tape " + drive().name()
                                        + " list' shows what is");
            }
            new Extraction(places, transfer).run(new TarInput(file.bytes()));
            file.pass();
            more = onTapes(file.set(), file.tape());
        } catch (IOException e) {
            throw failure(e, Kind.END_OF_DATA, NAMING, transfer.summary() + " were read before");
        } finally {
            end(transfer);
        }
        report(transfer, more);
    }

    void list(List<String> names, boolean all) throws CommandFailure, StorageException {
        words("list [--file N] [--all] [--next NAMES]", 0, 0, names);
        Outcome end;
        do {
            end = listOne();
        } while (all && end == Outcome.FILE_MARK);
        output.println(drive().name() + ": " + Stand.of(drive().position()));
    }

    private Outcome listOne() throws CommandFailure, StorageException {
        try (TapeFile file = next()) {
            file.set().ifPresent(id -> output.println("an archive on a set of tapes, " + id + ":"));
            if (file.isArchive()) {
                list(new TarInput(file.bytes()));
                file.pass();
            } else if (!file.isEmpty()) {
                file.back();
                return new RecordList(drive(), output).print();
            }
            output.println(
                    file.set().isPresent()
                            ? "the end of the set, on tape " + file.tape() + " of it"
                            : name(file.end()));
            return file.end();
        } catch (IOException e) {
            throw failure(e, Kind.END_OF_DATA, NAMING, "the list ends here");
        }
    }

    private void list(TarInput archive) throws IOException {
        for (Optional<TarEntry> entry = archive.next(); entry.isPresent(); entry = archive.next()) {
            output.println(EntryLine.of(entry.get()));
        }
        if (!archive.hasEnd()) {
            output.println("the archive has no end: it was cut off between two files");
        }
    }

    private static String name(Outcome end) {
        return end == Outcome.FILE_MARK ? "a file mark" : "the end of data";
    }

    private TapeFile next() throws CommandFailure, StorageException {
        return TapeFile.next(tapes, usualSize(), pool);
    }

    private TapeDrive drive() {
        return tapes.present();
    }

    private int usualSize() throws StorageException {
        int most = drive().geometry().maximumRecordSize();
        return most == 0 ? USUAL : Math.min(USUAL, most);
    }

    private Words words(String form, int least, int most, List<String> operands) throws CommandFailure {
        return Words.of("tape NAME " + form, least, most, operands.toArray(String[]::new));
    }

    private static Path directory(Path path) throws CommandFailure {
        try {
            return Files.createDirectories(path).toRealPath();
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure("directory " + path + " can't be had: it is a file", e);
        } catch (IOException e) {
            throw new CommandFailure("directory " + path + " can't be had: " + e, e);
        }
    }

    /** @param remedy of a failure of this kind */
    private CommandFailure failure(IOException e, Kind kind, String remedy, String state) {
        // The failure says it. With the flag set the drive would tell nothing, and printing would close the shell's
        // terminal.
        boolean interrupted = Thread.interrupted();
        String place = tapes.place();
        Kind thrown = e instanceof StorageException failed ? failed.kind() : Kind.IO_ERROR;
        String what = interrupted || thrown == Kind.INTERRUPTED ? "interrupted" : e.getMessage();
        String more = thrown == kind ? "; " + remedy : "";
        return new CommandFailure(what + more + "; " + state + "; " + place, e);
    }

    /** Tells of what did not go as asked, also when something failed then. */
    private void end(Transfer transfer) {
        transfer.end();
        transfer.problems().forEach(output::println);
    }

    private void report(Transfer transfer, String more) throws CommandFailure, StorageException {
        String said = drive().name() + ": " + transfer.summary() + more + "; " + Stand.of(drive().position());
        if (!transfer.problems().isEmpty()) {
            throw new CommandFailure(said + "; not all went as asked, see above");
        }
        output.println(said);
    }
}
