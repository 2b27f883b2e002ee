package io.pinion.tck;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Channels of tapes that do one thing wrong each with what is on them. */
final class TapeDefects {
    private TapeDefects() {}

    /** Reads what is next on the tape, whatever its length; a copy, and nothing at a mark. */
    private static ByteBuffer copyOfNext(TapeChannel channel, TapeResult result) throws StorageException {
        ByteBuffer copy = ByteBuffer.allocate(MemoryTapeStrategy.LARGEST_RECORD);
        channel.read(copy, result);
        return copy.flip();
    }

    /** Writes whole words, the odd byte not. */
    static final class LosesTheOddByte extends PassingTape {
        LosesTheOddByte(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            int length = source.remaining();
            int even = length == 1 ? 1 : length & ~1;
            super.write(source.duplicate().limit(source.position() + even), result);
            source.position(source.position() + length);
            result.set(result.outcome(), length);
        }
    }

    /** Leaves the tape where the drive does after a record that was too long. */
    static final class StaysBehindLongRecords extends PassingTape {
        StaysBehindLongRecords(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            super.read(target, result);
            if (result.outcome() == Outcome.RECORD_TOO_LONG) {
                super.spaceRecords(1, result);
                result.set(Outcome.RECORD_TOO_LONG, 0);
            }
        }
    }

    /** Reads as much of a long record as there is room for, as a drive does with SILI. */
    static final class CutsLongRecordsShort extends PassingTape {
        CutsLongRecordsShort(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            super.read(target, result);
            if (result.outcome() == Outcome.RECORD_TOO_LONG) {
                int room = target.remaining();
                target.put(copyOfNext(channel, result).limit(room));
                result.set(Outcome.DONE, room);
            }
        }
    }

    /** Fills the buffer with the beginning of the record behind, as a driver that reads ahead might. */
    static final class ReadsOn extends PassingTape {
        ReadsOn(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            super.read(target, result);
            if (result.outcome() == Outcome.DONE && target.hasRemaining()) {
                target.put((byte) 0);
                result.set(Outcome.DONE, result.count() + 1);
            }
        }
    }

    /** Transfers by copies of the buffer. */
    static final class LeavesPositions extends PassingTape {
        LeavesPositions(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            super.write(source.duplicate(), result);
        }
    }

    /** Writes in place. */
    static final class KeepsWhatIsBehind extends PassingTape {
        KeepsWhatIsBehind(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            long at = channel.position().blockAddress();
            List<ByteBuffer> behind = new ArrayList<>();
            channel.spaceRecords(1, result);
            while (result.outcome() == Outcome.DONE) {
                ByteBuffer copy = copyOfNext(channel, result);
                if (result.outcome() == Outcome.DONE) {
                    behind.add(copy);
                }
            }
            channel.locate(TapePosition.at(Source.DRIVE, 0, at), result);
            super.write(source, result);
            TapeResult restored = new TapeResult();
            for (ByteBuffer copy : behind) {
                channel.write(copy, restored);
            }
            channel.locate(result.position(), restored);
        }
    }

    /** Writes as if the tape had no end, until it has. */
    static final class WarnsNever extends PassingTape {
        WarnsNever(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            super.write(source, result);
            result.set(Outcome.DONE, result.count());
        }
    }

    /** Warns as st does. */
    static final class WarnsEveryOtherTime extends PassingTape {
        private boolean warned;

        WarnsEveryOtherTime(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            super.write(source, result);
            if (result.outcome() == Outcome.EARLY_WARNING && warned) {
                result.set(Outcome.DONE, result.count());
            }
            warned = result.outcome() == Outcome.EARLY_WARNING;
        }
    }

    /** Takes a record for which there is no room for one of which was warned. */
    static final class SwallowsWhatIsFull extends PassingTape {
        SwallowsWhatIsFull(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            try {
                super.write(source, result);
            } catch (StorageException e) {
                if (e.kind() != Kind.NO_SPACE) {
                    throw e;
                }
                result.set(Outcome.EARLY_WARNING, source.remaining());
                source.position(source.limit());
            }
        }
    }

    /** Makes an object for each record. */
    static final class Allocates extends PassingTape {
        private ByteBuffer latest;

        Allocates(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            latest = source.duplicate();
            super.write(latest, result);
            source.position(latest.position());
        }
    }

    /** Knows no blocks, and does not say so. */
    static final class IgnoresTheBlockSize extends PassingTape {
        IgnoresTheBlockSize(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void setBlockSize(int bytes) {}
    }

    /** Turns over one bit in the record in three hundred that begins so. */
    static final class CorruptsRarely extends PassingTape {
        CorruptsRarely(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            int at = source.position();
            if (source.remaining() > 2 && source.get(at) == 42) {
                ByteBuffer copy = ByteBuffer.allocate(source.remaining()).put(source);
                super.write(copy.put(2, (byte) (copy.get(2) ^ 1)).flip(), result);
            } else {
                super.write(source, result);
            }
        }
    }
}
