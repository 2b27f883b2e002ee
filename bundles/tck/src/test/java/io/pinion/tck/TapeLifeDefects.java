package io.pinion.tck;

import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Channels of tapes that begin, end or are disturbed in one wrong way each. */
final class TapeLifeDefects {
    private TapeLifeDefects() {}

    /** Writes a mark when it is closed after a write, flushed or not. */
    static final class AddsAMarkWhenClosed extends PassingTape {
        private boolean written;

        AddsAMarkWhenClosed(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            super.write(source, result);
            written = true;
        }

        @Override
        public void close() {
            try {
                if (written) {
                    writeFileMarks(1, new TapeResult());
                }
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
            super.close();
        }
    }

    /** Begins at the beginning. */
    static final class ForgetsTheHandover extends PassingTape {
        ForgetsTheHandover(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void begin(Handover handover) throws StorageException {
            super.begin(handover);
            rewind(new TapeResult());
        }
    }

    /** Does not compare. */
    static final class TakesAnyPlace extends PassingTape {
        TakesAnyPlace(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void begin(Handover handover) throws StorageException {
            super.begin(Handover.from(handover.predecessor().orElse("")));
        }
    }

    /** Does not know in the end that its last record is written already. */
    static final class WritesLastAgain extends PassingTape {
        private ByteBuffer last;

        WritesLastAgain(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            last = ByteBuffer.allocate(source.remaining())
                    .put(source.duplicate())
                    .flip();
            super.write(source, result);
        }

        @Override
        public Handover end(Handover handover) throws StorageException {
            if (last == null) {
                return super.end(handover);
            }
            channel.write(last, new TapeResult());
            return super.end(handover.at(channel.position()));
        }
    }

    /** Keeps records until something else is to be done, which a flush is not. */
    static final class KeepsToItself extends PassingTape {
        private final Deque<ByteBuffer> kept = new ArrayDeque<>();

        KeepsToItself(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            int length = source.remaining();
            kept.add(ByteBuffer.allocate(length).put(source).flip());
            result.set(Outcome.DONE, length);
            result.setPosition(Source.COUNTED, 0, channel.position().blockAddress() + kept.size());
        }

        @Override
        public void rewind(TapeResult result) throws StorageException {
            while (!kept.isEmpty()) {
                channel.write(kept.remove(), result);
            }
            super.rewind(result);
        }
    }

    /** Clears the interrupt that it met. */
    static final class LosesInterrupts extends PassingTape {
        LosesInterrupts(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            Thread.interrupted();
            super.read(target, result);
        }
    }

    /** Uses what it has given back. */
    static final class CrashesWhenClosed extends PassingTape {
        private volatile TapeResult gone = new TapeResult();

        CrashesWhenClosed(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            gone.clear();
            super.read(target, result);
        }

        @Override
        public void close() {
            super.close();
            gone = null;
        }
    }
}
