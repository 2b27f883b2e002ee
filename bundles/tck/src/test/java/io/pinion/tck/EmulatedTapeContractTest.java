package io.pinion.tck;

import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A drive like the kernel's emulated one: whole sectors alone, of which it keeps four bytes, and nothing that can be set. */
class EmulatedTapeContractTest extends TapeStrategyContract {
    private static final int SECTOR = 512;
    private static final int KEPT = 4;

    @Override
    protected TapeUnderTest create(Path directory) {
        MemoryTapes tapes = new MemoryTapes();
        return TapeUnderTest.of("emulated", new Emulated(new MemoryTapeStrategy(tapes)), any -> tapes.create("tape"))
                .ending(any -> tapes.create("short", 2 << 20, 100 << 10))
                .with(new Traits());
    }

    private static final class Traits implements TapeTraits {
        @Override
        public int smallestRecord() {
            return SECTOR;
        }

        @Override
        public int recordGranularity() {
            return SECTOR;
        }

        @Override
        public int largestRecord() {
            return 256 << 10;
        }

        @Override
        public int keptBytes(int recordLength) {
            return Math.min(KEPT, recordLength);
        }
    }

    private record Emulated(MemoryTapeStrategy memory) implements IoStrategy {
        @Override
        public Examination examine(Target target) throws StorageException {
            Examination found = memory.examine(target);
            return Examination.suitable(found.identity(), found.geometry()).build();
        }

        @Override
        public IoChannel open(Target target, OpenOptions options) throws StorageException {
            return new EmulatedChannel((TapeChannel) memory.open(target, options));
        }
    }

    private static final class EmulatedChannel extends PassingTape {
        EmulatedChannel(TapeChannel channel) {
            super(channel);
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) throws StorageException {
            requireSectors(target, result);
            int from = target.position();
            super.read(target, result);
            for (int i = from + KEPT; i < target.position(); i++) {
                target.put(i, (byte) 0);
            }
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) throws StorageException {
            requireSectors(source, result);
            super.write(source, result);
        }

        private void requireSectors(ByteBuffer buffer, TapeResult result) throws StorageException {
            int length = buffer.remaining();
            if (length == 0 || length % SECTOR != 0) {
                result.setPosition(
                        channel.position().source(), 0, channel.position().blockAddress());
                throw StorageException.of(Kind.INVALID_ARGUMENT, "transfer", "length=" + length + ", not sectors")
                        .build();
            }
        }

        @Override
        public void setBlockSize(int bytes) throws StorageException {
            throw unsupported("setBlockSize");
        }

        @Override
        public void setDensity(int code) throws StorageException {
            throw unsupported("setDensity");
        }

        @Override
        public void setCompression(boolean on) throws StorageException {
            throw unsupported("setCompression");
        }

        @Override
        public void erase(TapeResult result) throws StorageException {
            throw unsupported("erase");
        }

        @Override
        public void load(TapeResult result) throws StorageException {
            throw unsupported("load");
        }

        @Override
        public void unload(TapeResult result) throws StorageException {
            throw unsupported("unload");
        }

        private static StorageException unsupported(String operation) {
            return StorageException.of(Kind.UNSUPPORTED, operation, "the drive cannot " + operation)
                    .build();
        }
    }
}
