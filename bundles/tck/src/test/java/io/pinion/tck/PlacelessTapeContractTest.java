package io.pinion.tck;

import io.pinion.strategy.Examination;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A tape without a place of its own, as an image has none: each channel counts, from what it is handed over. */
class PlacelessTapeContractTest extends TapeStrategyContract {
    @Override
    protected TapeUnderTest create(Path directory) {
        MemoryTapes tapes = new MemoryTapes();
        return TapeUnderTest.of("placeless", new Placeless(new MemoryTapeStrategy(tapes)), any -> tapes.create("tape"))
                .with(new TapeTraits() {
                    @Override
                    public boolean isPlaceKept() {
                        return false;
                    }
                });
    }

    private record Placeless(MemoryTapeStrategy memory) implements IoStrategy {
        @Override
        public Examination examine(Target target) throws StorageException {
            return memory.examine(target);
        }

        @Override
        public IoChannel open(Target target, OpenOptions options) throws StorageException {
            return new PlacelessChannel((TapeChannel) memory.open(target, options));
        }
    }

    private static final class PlacelessChannel extends PassingTape {
        private boolean lost;

        PlacelessChannel(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void begin(Handover handover) throws StorageException {
            TapePosition left = handover.position().orElse(TapePosition.at(Source.COUNTED, 0, 0));
            lost = left.source() == Source.UNKNOWN;
            if (lost) {
                return;
            }
            TapePosition before = channel.position();
            TapeResult result = new TapeResult();
            try {
                channel.locate(left, result);
            } catch (StorageException e) {
                channel.locate(before, result);
                throw StorageException.of(Kind.POSITION_UNKNOWN, "begin", left + " is not on the tape", e)
                        .build();
            }
        }

        private void requirePlace(String operation) throws StorageException {
            if (lost) {
                throw StorageException.of(Kind.POSITION_UNKNOWN, operation, "nobody knows where the tape stands")
                        .build();
            }
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            requirePlace("read");
            super.read(target, result);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            requirePlace("write");
            super.write(source, result);
        }

        @Override
        public void writeFileMarks(int count, TapeResult result) throws StorageException {
            requirePlace("writeFileMarks");
            super.writeFileMarks(count, result);
        }

        @Override
        public void spaceRecords(long count, TapeResult result) throws StorageException {
            requirePlace("spaceRecords");
            super.spaceRecords(count, result);
        }

        @Override
        public void spaceFileMarks(long count, TapeResult result) throws StorageException {
            requirePlace("spaceFileMarks");
            super.spaceFileMarks(count, result);
        }

        @Override
        public void spaceToEndOfData(TapeResult result) throws StorageException {
            super.spaceToEndOfData(result);
            lost = false;
        }

        @Override
        public void locate(TapePosition position, TapeResult result) throws StorageException {
            super.locate(position, result);
            lost = false;
        }

        @Override
        public void rewind(TapeResult result) throws StorageException {
            super.rewind(result);
            lost = false;
        }

        @Override
        public TapePosition position() throws StorageException {
            TapePosition told = super.position();
            return lost ? TapePosition.unknown() : told;
        }
    }
}
