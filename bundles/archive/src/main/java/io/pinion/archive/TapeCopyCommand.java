package io.pinion.archive;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.ProgressLine;
import io.pinion.shell.text.Units;
import io.pinion.shell.text.Words;
import io.pinion.strategy.StorageException;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.TapeCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command {@code tape-copy}. No method has such a name, so that it is a function, and takes its option out by itself. */
@Component(
        service = TapeCopyCommand.class,
        property = {
            "osgi.command.scope=pinion",
            "osgi.command.function=tape-copy",
            "pinion.help.tape-copy=copies a tape to another, or to an image, record by record",
            "pinion.help.tape-copy=usage: tape-copy FROM TO [--files N]",
            "pinion.help.tape-copy=  FROM          the drive whose tape is read, from where it stands",
            "pinion.help.tape-copy=  TO            the drive whose tape is written, from where it stands",
            "pinion.help.tape-copy=  [--files N]   so many files, each with its file mark; all up to the end of data"
        })
public final class TapeCopyCommand implements Function {
    private static final String USAGE = "tape-copy FROM TO [--files N]";
    private static final String FILES = "--files";
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Drives drives;

    @Activate
    public TapeCopyCommand(@Reference Drives drives) {
        this.drives = drives;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws CommandFailure {
        List<String> operands =
                new ArrayList<>(arguments.stream().map(String::valueOf).toList());
        long files = files(operands);
        Words words = Words.of(USAGE, 2, 2, operands.toArray(String[]::new));
        TapeDrive from = drives.find(words.get(0));
        TapeDrive to = drives.find(words.get(1));
        if (from == to) {
            throw words.failure("a copy needs two drives");
        }
        ProgressLine line = new ProgressLine(System.out, ProgressLine.isTerminal(session));
        try (Drives.Use source = drives.take(from, "tape-copy from it");
                Drives.Use target = drives.take(to, "tape-copy to it")) {
            copy(from, to, files, line);
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        } finally {
            line.end();
        }
        return null;
    }

    private void copy(TapeDrive from, TapeDrive to, long files, ProgressLine line) throws StorageException {
        TapeCopy.Builder builder = TapeCopy.between(from, to).files(files).observer(new Watch(line));
        drives.pool().ifPresent(builder::pool);
        TapeCopy copy = builder.build();
        long begin = System.nanoTime();
        copy.run();
        TapeCopy.Copied copied = copy.copied();
        line.end();
        System.out.println(from.name() + " -> " + to.name() + ": " + Units.count(copied.records(), "record") + " and "
                + Units.count(copied.fileMarks(), "file mark") + ", " + Units.bytes(copied.bytes()) + ", "
                + Units.rate(copied.bytes(), System.nanoTime() - begin));
        for (TapeDrive drive : List.of(from, to)) {
            System.out.println(drive.name() + ": " + Stand.of(drive.position()));
        }
    }

    /** {@return how many files are wanted} Takes the option out of the operands. */
    private static long files(List<String> operands) throws CommandFailure {
        int at = operands.indexOf(FILES);
        if (at < 0) {
            return Long.MAX_VALUE;
        }
        operands.remove(at);
        String number = at < operands.size() ? operands.remove(at) : "";
        try {
            long files = Long.parseLong(number);
            if (files > 0) {
                return files;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new CommandFailure(FILES + " " + number + ": allowed: a whole number from 1 on; usage: " + USAGE);
    }

    /** Says each second how far the copy is. */
    private static final class Watch implements TapeCopy.Observer {
        private final ProgressLine line;
        private long said = System.nanoTime();
        private long saidBytes;

        Watch(ProgressLine line) {
            this.line = line;
        }

        @Override
        public boolean goesOn(long records, long fileMarks, long bytes) {
            long now = System.nanoTime();
            if (now - said >= EVERY) {
                line.say("copied " + Units.count(records, "record") + ", " + Units.count(fileMarks, "file mark") + ", "
                        + Units.bytes(bytes) + ", " + Units.rate(bytes - saidBytes, now - said));
                said = now;
                saidBytes = bytes;
            }
            return true;
        }
    }
}
