package io.pinion.archive;

import io.pinion.archive.tar.TarInput;
import io.pinion.memory.BufferPool;
import io.pinion.shell.text.CommandFailure;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.TapeInputStream;
import io.pinion.volume.tape.TapeLabel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** A file of a tape, or of a set of tapes where the tape has a label, looked at by its first bytes. For one thread. */
final class TapeFile implements AutoCloseable {
    private static final int HEAD = TapeLabel.LENGTH;

    private final TapeDrive drive;
    private final TapePosition position;
    private final Optional<TapeLabel> label;
    private final TapeInputStream tape;
    private final byte[] head;

    private TapeFile(
            TapeDrive drive, TapePosition position, Optional<TapeLabel> label, TapeInputStream tape, byte[] head) {
        this.drive = drive;
        this.position = position;
        this.label = label;
        this.tape = tape;
        this.head = head;
    }

    /**
     * {@return what follows on the tape that is in use}
     *
     * @param recordSize how long records are thought to be
     */
    static TapeFile next(FurtherTapes tapes, int recordSize, Optional<BufferPool> pool)
            throws CommandFailure, StorageException {
        TapeDrive drive = tapes.present();
        TapePosition position = drive.position();
        TapeFile file = open(drive, position, Optional.empty(), builder(drive, recordSize, pool));
        Optional<TapeLabel> label = TapeLabel.of(ByteBuffer.wrap(file.head));
        if (label.isEmpty()) {
            return file;
        }
        file.back();
        TapeInputStream.Builder set =
                builder(drive, recordSize, pool).next(tapes).set(label.get().set());
        try {
            return open(drive, position, label, set);
        } catch (StorageException e) {
            if (e.kind() == Kind.WRONG_MEDIUM && tapes.isStill(drive)) {
                Moves.taken(result -> drive.locate(position, result));
            }
            throw e;
        }
    }

    private static TapeInputStream.Builder builder(TapeDrive drive, int recordSize, Optional<BufferPool> pool) {
        TapeInputStream.Builder builder = TapeInputStream.from(drive).recordSize(recordSize);
        pool.ifPresent(builder::pool);
        return builder;
    }

    private static TapeFile open(
            TapeDrive drive, TapePosition position, Optional<TapeLabel> label, TapeInputStream.Builder builder)
            throws StorageException {
        TapeInputStream tape = builder.open();
        try {
            return new TapeFile(drive, position, label, tape, tape.readNBytes(HEAD));
        } catch (StorageException e) {
            tape.close();
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("a tape's stream fails in no other way", e);
        }
    }

    /** {@return the set whose first tape begins here; empty when what follows is on this tape alone} */
    Optional<UUID> set() {
        return label.map(TapeLabel::set);
    }

    /** {@return which tape of the set is in use, from 1} */
    int tape() {
        return tape.progress().tape();
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

    /** Passes over what fills an archive's last record, to behind the file mark; of a set behind its last one. */
    void pass() throws IOException {
        tape.transferTo(OutputStream.nullOutputStream());
    }

    /** Has the tape where it was; of a set, the tape that it was begun with. */
    void back() throws CommandFailure, StorageException {
        tape.close();
        Moves.taken(result -> drive.locate(position, result));
    }

    @Override
    public void close() throws StorageException {
        tape.close();
    }
}
