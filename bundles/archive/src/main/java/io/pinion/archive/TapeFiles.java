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
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.TapeInputStream;
import io.pinion.volume.tape.TapeOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of this machine on a tape, an archive in each file of the tape, from where it stands to behind a file mark. For one thread. */
final class TapeFiles {
    private static final int HEAD = 512;
    private static final int USUAL = 1 << 20;

    private final TapeDrive drive;
    private final Optional<BufferPool> pool;
    private final ProgressLine line;
    private final PrintStream output;

    TapeFiles(TapeDrive drive, Optional<BufferPool> pool, ProgressLine line, PrintStream output) {
        this.drive = drive;
        this.pool = pool;
        this.line = line;
        this.output = output;
    }

    /** @param recordSize as it was typed; empty for what suits the drive */
    void write(Path directory, List<String> names, String recordSize) throws CommandFailure, StorageException {
        Words words = words("write FILE… [--append] [--record-size N]", 1, Integer.MAX_VALUE, names);
        Selection selection = Selection.of(directory, names);
        int size = recordSize.isEmpty() ? usualSize() : Operations.bytes(words, recordSize);
        TapeOutputStream.Builder builder = TapeOutputStream.to(drive).recordSize(size);
        pool.ifPresent(builder::pool);
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
            throw failure(e, "what was written is no whole archive, and no file mark is behind it");
        } finally {
            transfer.end();
            if (!whole) {
                tape.abandon();
            }
        }
        report(transfer, ", " + Units.count(tape.progress().records(), "record") + " of " + Units.bytes(size));
    }

    void read(Path current, List<String> names, boolean overwrite) throws CommandFailure, StorageException {
        Words words = words("read DIRECTORY [--file N] [--overwrite]", 1, 1, names);
        Places places = new Places(directory(current.resolve(words.get(0))), overwrite);
        Transfer transfer = new Transfer(line, "read", 0);
        try (Start start = start()) {
            if (!start.isArchive()) {
                start.back();
                throw new CommandFailure(
                        start.isEmpty()
                                ? drive.name() + ": nothing to read: here is " + name(start.end())
                                : "what follows on the tape is no tar archive; 'tape " + drive.name()
                                        + " list' shows what is");
            }
            new Extraction(places, transfer).run(new TarInput(start.bytes()));
            start.pass();
        } catch (IOException e) {
            throw failure(e, transfer.summary() + " were read before");
        } finally {
            transfer.end();
        }
        report(transfer, "");
    }

    void list(List<String> names, boolean all) throws CommandFailure, StorageException {
        words("list [--file N] [--all]", 0, 0, names);
        Outcome end;
        do {
            end = listOne();
        } while (all && end == Outcome.FILE_MARK);
        output.println(drive.name() + ": " + Stand.of(drive.position()));
    }

    private Outcome listOne() throws CommandFailure, StorageException {
        try (Start start = start()) {
            if (start.isArchive()) {
                list(new TarInput(start.bytes()));
                start.pass();
            } else if (!start.isEmpty()) {
                start.back();
                return new RecordList(drive, output).print();
            }
            output.println(name(start.end()));
            return start.end();
        } catch (IOException e) {
            throw failure(e, "the list ends here");
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

    private Start start() throws StorageException {
        TapePosition position = drive.position();
        TapeInputStream.Builder builder = TapeInputStream.from(drive).recordSize(usualSize());
        pool.ifPresent(builder::pool);
        TapeInputStream tape = builder.open();
        try {
            return new Start(tape, position, tape.readNBytes(HEAD));
        } catch (StorageException e) {
            tape.close();
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("a tape's stream fails in no other way", e);
        }
    }

    /** What is in front of the tape, looked at by its first bytes. */
    private final class Start implements AutoCloseable {
        private final TapeInputStream tape;
        private final TapePosition position;
        private final byte[] head;

        Start(TapeInputStream tape, TapePosition position, byte[] head) {
            this.tape = tape;
            this.position = position;
            this.head = head;
        }

        boolean isEmpty() {
            return head.length == 0;
        }

        boolean isArchive() {
            return TarInput.isHeader(head, head.length);
        }

        /** {@return what the file ended with, once all of it has been read} */
        Outcome end() {
            return tape.end().orElseThrow();
        }

        InputStream bytes() throws IOException {
            PushbackInputStream bytes = new PushbackInputStream(tape, HEAD);
            bytes.unread(head);
            return bytes;
        }

        /** Passes over what fills an archive's last record, to behind the file mark. */
        void pass() throws IOException {
            tape.transferTo(OutputStream.nullOutputStream());
        }

        /** Has the tape where it was. */
        void back() throws CommandFailure, StorageException {
            tape.close();
            Moves.taken(result -> drive.locate(position, result));
        }

        @Override
        public void close() throws StorageException {
            tape.close();
        }
    }

    private int usualSize() throws StorageException {
        int most = drive.geometry().maximumRecordSize();
        return most == 0 ? USUAL : Math.min(USUAL, most);
    }

    private Words words(String form, int least, int most, List<String> operands) throws CommandFailure {
        return Words.of("tape NAME " + form, least, most, operands.toArray(String[]::new));
    }

    private static Path directory(Path path) throws CommandFailure {
        try {
            return Files.createDirectories(path).toRealPath();
        } catch (IOException e) {
            throw new CommandFailure("directory " + path + " can't be had: " + e, e);
        }
    }

    private CommandFailure failure(IOException e, String more) {
        String place;
        try {
            place = Stand.of(drive.position());
        } catch (StorageException lost) {
            place = lost.detail();
        }
        return new CommandFailure(e.getMessage() + "; " + more + "; " + place, e);
    }

    private void report(Transfer transfer, String more) throws CommandFailure, StorageException {
        transfer.problems().forEach(output::println);
        String said = drive.name() + ": " + transfer.summary() + more + "; " + Stand.of(drive.position());
        if (!transfer.problems().isEmpty()) {
            throw new CommandFailure(said + "; not all went as asked, see above");
        }
        output.println(said);
    }
}
