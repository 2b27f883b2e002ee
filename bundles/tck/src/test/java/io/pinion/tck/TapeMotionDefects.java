package io.pinion.tck;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;

/** Channels of tapes that move, or tell of it, in one wrong way each. */
final class TapeMotionDefects {
    private TapeMotionDefects() {}

    /** Takes the mark at which spacing ended for one of the records. */
    static final class CountsMarks extends PassingTape {
        CountsMarks(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void spaceRecords(long count, TapeResult result) throws StorageException {
            super.spaceRecords(count, result);
            if (result.outcome() == Outcome.FILE_MARK) {
                result.set(Outcome.FILE_MARK, result.count() + 1);
            }
        }
    }

    /** Leaves marks out of positions, as file-relative block numbers do. */
    static final class CountsRecordsAlone extends PassingTape {
        private long marks;

        CountsRecordsAlone(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void writeFileMarks(int count, TapeResult result) throws StorageException {
            super.writeFileMarks(count, result);
            marks += count;
            result.setPosition(Source.COUNTED, 0, result.blockAddress() - marks);
        }
    }

    /** Spaces backwards over marks to behind the last of them. */
    static final class StopsBehindMarks extends PassingTape {
        StopsBehindMarks(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void spaceFileMarks(long count, TapeResult result) throws StorageException {
            super.spaceFileMarks(count, result);
            if (count < 0 && result.outcome() == Outcome.DONE) {
                super.spaceFileMarks(1, result);
                result.set(Outcome.DONE, -count);
            }
        }
    }

    /** Spaces on over marks as if they were nothing. */
    static final class PassesMarksUnseen extends PassingTape {
        PassesMarksUnseen(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void spaceRecords(long count, TapeResult result) throws StorageException {
            super.spaceRecords(count, result);
            if (result.outcome() == Outcome.FILE_MARK && count > 0) {
                long passed = result.count();
                super.spaceRecords(count - passed, result);
                result.set(result.outcome(), passed + result.count());
            }
        }
    }

    /** Counts a read that met the end of data as one that passed something. */
    static final class MovesAtTheEndOfData extends PassingTape {
        MovesAtTheEndOfData(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            super.read(target, result);
            if (result.outcome() == Outcome.END_OF_DATA) {
                result.setPosition(Source.COUNTED, 0, result.blockAddress() + 1);
            }
        }
    }

    /** Has nothing in its result when it throws. */
    static final class LosesItsPlace extends PassingTape {
        LosesItsPlace(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void locate(TapePosition position, TapeResult result) throws StorageException {
            try {
                super.locate(position, result);
            } catch (StorageException e) {
                result.clear();
                throw e;
            }
        }
    }

    /** Writes a mark between a write and a move backwards, as a drive does by itself. */
    static final class AddsAMarkBeforeMoving extends PassingTape {
        private boolean written;

        AddsAMarkBeforeMoving(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            super.write(source, result);
            written = true;
        }

        @Override
        public void spaceRecords(long count, TapeResult result) throws StorageException {
            if (written && count < 0) {
                super.writeFileMarks(1, result);
                super.spaceRecords(-1, result);
            }
            written = false;
            super.spaceRecords(count, result);
        }

        @Override
        public void rewind(TapeResult result) throws StorageException {
            if (written) {
                super.writeFileMarks(1, result);
            }
            written = false;
            super.rewind(result);
        }
    }
}
