package io.pinion.volume.tape;

import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.tape.RecordSlot.Content;
import io.pinion.volume.tape.Relay.Turn;
import java.util.Optional;

/**
 * Has records read by a worker, while their owner uses those before, up to a file mark. What fails comes after what was read
 * before it. Nothing is read until the first is asked for, and everything that was not used can be gone back over.
 */
final class ReadAhead {
    private static final String READ = "read";

    private final Relay relay;
    private final long fileMarks;
    /** The worker's while there is one, like what follows; the relay hands them over. */
    private TapeReader tape;

    private long records;
    private long marks;
    private boolean ended;
    private long movedByFailure;
    private boolean begun;

    /** @param fileMarks behind how many file marks to read no further */
    ReadAhead(TapeReader tape, int buffers, Optional<BufferPool> pool, long fileMarks) throws StorageException {
        this.tape = tape;
        this.fileMarks = fileMarks;
        relay = new Relay(buffers, pool, this::read);
        relay.reserve(tape.size());
    }

    private Turn read(RecordSlot slot) {
        try {
            Content content = tape.read(slot);
            slot.set(content);
            if (content == Content.RECORD) {
                records++;
                return Turn.NEXT;
            }
            if (content == Content.FILE_MARK) {
                marks++;
            }
            ended = content == Content.END_OF_DATA || marks == fileMarks;
        } catch (StorageException e) {
            fail(slot, e, tape.movedByFailure());
        } catch (RuntimeException | Error e) {
            fail(slot, Failed.fault(READ, e), -1);
        }
        return ended ? Turn.LAST : Turn.NEXT;
    }

    private void fail(RecordSlot slot, StorageException thrown, long moved) {
        String detail = "record " + (records + 1) + (marks == 0 ? "" : ", behind file mark " + marks + ",")
                + " was not read; the tape is at " + tape.place() + " of drive "
                + tape.drive().name() + ": " + thrown.detail();
        slot.fail(Failed.of(thrown.kind(), thrown, READ, detail));
        movedByFailure = moved;
        ended = true;
    }

    /**
     * {@return what comes next, the caller's until {@link #used()}} Waits for it as long as the drive takes to read it.
     *
     * @throws StorageException {@code INTERRUPTED}, and the next call goes on
     */
    RecordSlot next() throws StorageException {
        if (!begun) {
            begun = true;
            relay.giveAll();
        }
        try {
            while (!relay.awaitOwn()) {
                relay.start();
            }
        } catch (InterruptedException e) {
            throw Failed.interrupted(READ);
        }
        return relay.own();
    }

    /** What {@link #next()} gave is used, and may be read into. */
    void used() throws StorageException {
        if (!relay.give() && !ended) {
            relay.start();
        }
    }

    /** Goes on on another tape, once what ended the last one was taken. */
    void goOn(TapeReader next) throws StorageException {
        tape = next;
        marks = 0;
        ended = false;
        used();
    }

    TapeReader tape() {
        return tape;
    }

    /** Ends the worker after what it has in hand. */
    void stop() {
        relay.stop();
    }

    /**
     * Moves the tape back in front of the first that was read and not used, once the worker has ended. A record counts as used when
     * a byte of it was taken.
     *
     * @throws StorageException when the tape did not get there, or nobody knows where it is
     */
    void back() throws StorageException {
        long over = 0;
        for (int i = relay.owned() - 1; begun && i >= 0; i--) {
            RecordSlot slot = relay.owned(i);
            switch (slot.content()) {
                case RECORD:
                    over += tape.unused(slot);
                    break;
                case FILE_MARK:
                    tape.backOverRecords(over);
                    tape.backOverMark();
                    over = 0;
                    break;
                case FAILURE:
                    over += known(movedByFailure, slot.failure());
                    break;
                default:
                    break;
            }
        }
        tape.backOverRecords(over);
    }

    private static long known(long moved, StorageException failure) throws StorageException {
        if (moved < 0) {
            String detail = "the tape was not moved back to where reading ended, because a record was not read ahead: "
                    + failure.detail();
            throw Failed.of(Kind.POSITION_UNKNOWN, failure, "close", detail);
        }
        return moved;
    }

    /** Gives the buffers back, once the worker has ended. */
    void release() {
        relay.release();
    }
}
