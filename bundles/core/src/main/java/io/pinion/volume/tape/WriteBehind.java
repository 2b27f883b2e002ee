package io.pinion.volume.tape;

import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.Relay.Turn;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Has records written by a worker, while their owner fills the next. When a tape ends, the worker ends with it; the owner changes
 * tapes and starts it again. What failed is told by every call from then on.
 */
final class WriteBehind {
    private static final String WRITE = "write";

    private final Relay relay;
    private final Ending ending;
    /** The worker's while there is one, like what follows; the relay hands them over. */
    private TapeWriter tape;

    private boolean tapeEnded;
    private volatile StorageException failure;

    WriteBehind(Ending ending, int buffers, int recordSize, Optional<BufferPool> pool) throws StorageException {
        this.ending = ending;
        relay = new Relay(buffers, pool, this::write);
        relay.reserve(recordSize);
    }

    /** Begins where the tape stands. */
    void begin(TapeDrive drive) throws StorageException {
        tape = ending.begin(drive);
    }

    private Turn write(RecordSlot slot) {
        ByteBuffer record = slot.buffer();
        try {
            tape.write(record.rewind());
            tapeEnded = ending.changesTapes() && tape.isNearEnd();
            return tapeEnded ? Turn.LAST : Turn.NEXT;
        } catch (StorageException e) {
            if (e.kind() == Kind.NO_SPACE && ending.changesTapes()) {
                tapeEnded = true;
            } else {
                failure = e;
            }
        } catch (RuntimeException | Error e) {
            failure = Failed.fault(WRITE, e);
        }
        return Turn.KEPT;
    }

    /**
     * {@return an empty buffer; waits for it as long as the drive takes for a record, or the next tape to come}
     *
     * @throws StorageException {@code INTERRUPTED}; or what failed behind
     */
    ByteBuffer empty() throws StorageException {
        try {
            while (!relay.awaitOwn()) {
                goOn();
            }
        } catch (InterruptedException e) {
            throw Failed.interrupted(WRITE);
        }
        check();
        return relay.own().buffer().clear();
    }

    /** Has what is between position and limit of the buffer written, which {@link #empty()} gave. */
    void put(ByteBuffer filled) throws StorageException {
        filled.limit(filled.position());
        if (!relay.give()) {
            goOn();
        }
    }

    /** Goes on after a worker has ended: with a failure, a tape, or for want of work. */
    private void goOn() throws StorageException {
        check();
        if (tapeEnded) {
            try {
                tape = ending.change(tape);
            } catch (StorageException e) {
                failure = e;
            } catch (RuntimeException | Error e) {
                failure = Failed.fault(WRITE, e);
            }
            check();
            tapeEnded = false;
        }
        relay.start();
    }

    /**
     * Waits until all that was put is on the tape, or failed.
     *
     * @throws StorageException {@code INTERRUPTED}; or what failed behind
     */
    void drain() throws StorageException {
        try {
            while (!relay.awaitDone()) {
                goOn();
            }
        } catch (InterruptedException e) {
            throw Failed.interrupted("flush");
        }
        check();
    }

    /**
     * Drains, and puts all on the medium.
     *
     * @throws StorageException {@code INTERRUPTED}; or what failed behind
     */
    void flush() throws StorageException {
        drain();
        try {
            tape.flush();
        } catch (StorageException e) {
            // The drive had not begun, and can be asked again.
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            failure = e;
            check();
        }
    }

    /** Drains, also when the thread is interrupted, and ends the stream. */
    void finish() throws StorageException {
        while (!relay.awaitDoneRegardless()) {
            goOn();
        }
        check();
        ending.finish(tape);
    }

    /** Ends the worker after the record in its hand, and gives the buffers back. */
    void release() {
        relay.stop();
        relay.release();
    }

    /** Tells of what failed behind, as soon as it has. */
    void check() throws StorageException {
        if (failure != null) {
            throw Failed.again(failure);
        }
    }
}
