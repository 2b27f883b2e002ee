package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Asks for the tapes of a set until there is one that will do. On the thread that uses the stream. */
final class SetTapes {
    private final NextTape next;
    private final TapeResult result = new TapeResult();

    SetTapes(NextTape next) {
        this.next = next;
    }

    /** What a tape is taken for. */
    interface Taking<T> {
        /** {@return what the tape is now} Throws why it is refused. */
        T take(TapeDrive drive) throws StorageException;
    }

    /**
     * {@return what became of the first tape that was not refused}
     *
     * @param none the failure when there is no tape to be had, to which the refusal of the last one that was given is added
     * @param refused why the tape in the drive is not the one; empty when that is at its end
     */
    <T> T next(
            TapeDrive drive,
            Optional<UUID> set,
            int tape,
            Optional<StorageException> refused,
            StorageException none,
            Taking<T> taking)
            throws StorageException {
        TapeDrive present = drive;
        Optional<StorageException> refusal = refused;
        for (int attempt = 1; ; attempt++) {
            Optional<TapeDrive> given = ask(new TapeRequest(present, set, tape, attempt, refusal));
            if (given.isEmpty()) {
                refusal.filter(last -> refused.isEmpty() || last != refused.get())
                        .ifPresent(none::addSuppressed);
                throw none;
            }
            present = given.get();
            try {
                present.rewind(result);
                return taking.take(present);
            } catch (StorageException e) {
                if (e.kind() == Kind.INTERRUPTED) {
                    throw e;
                }
                refusal = Optional.of(e);
            }
        }
    }

    /** Asks, as {@link NextTape} says, whenever that is: when a stream is opened and closed, too. */
    private Optional<TapeDrive> ask(TapeRequest request) throws StorageException {
        try {
            return Objects.requireNonNull(next.next(request), "it gave null");
        } catch (RuntimeException | Error e) {
            throw Failed.faultOfNext(e);
        }
    }

    void rewind(TapeDrive drive) throws StorageException {
        drive.rewind(result);
    }

    void locate(TapeDrive drive, TapePosition position) throws StorageException {
        drive.locate(position, result);
    }

    /** {@return the label that the next record is; empty when that is none} The tape is behind it, or anywhere. */
    Optional<TapeLabel> label(TapeDrive drive) throws StorageException {
        return record(drive).flatMap(TapeLabel::of);
    }

    /** {@return the trailer that the next record is; empty when that is none} The tape is behind it, or anywhere. */
    Optional<TapeTrailer> trailer(TapeDrive drive) throws StorageException {
        return record(drive).flatMap(TapeTrailer::of);
    }

    private Optional<ByteBuffer> record(TapeDrive drive) throws StorageException {
        ByteBuffer record = ByteBuffer.allocate(LabelText.LENGTH);
        drive.read(record, result);
        return result.outcome() == Outcome.DONE ? Optional.of(record.flip()) : Optional.empty();
    }

    /** Moves behind the file mark that is to come next. {@return whether it was there} */
    boolean passMark(TapeDrive drive) throws StorageException {
        drive.read(ByteBuffer.allocate(LabelText.LENGTH), result);
        return result.outcome() == Outcome.FILE_MARK;
    }

    /** Writes a label or trailer. {@return whether there was room} */
    boolean write(TapeDrive drive, ByteBuffer record) throws StorageException {
        try {
            drive.write(record, result);
            return true;
        } catch (StorageException e) {
            return noSpace(e);
        }
    }

    /** Writes a file mark. {@return whether there was room} */
    boolean mark(TapeDrive drive) throws StorageException {
        try {
            drive.writeFileMarks(1, result);
            return true;
        } catch (StorageException e) {
            return noSpace(e);
        }
    }

    private static boolean noSpace(StorageException thrown) throws StorageException {
        if (thrown.kind() == Kind.NO_SPACE) {
            return false;
        }
        throw thrown;
    }
}
