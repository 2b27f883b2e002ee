package io.pinion.core.control;

import io.pinion.strategy.Claim;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
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
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** A strategy for drives on a tape in memory, which several can share, with what a test wants to see and to break. */
final class FakeTape implements IoStrategy {
    /** Records and, as null, file marks; and where the tape stands. */
    static final class Medium {
        final List<byte[]> blocks = new ArrayList<>();
        int place;
        /** The call that is inside a channel on it; and the first that came beside another. */
        private final AtomicReference<String> inside = new AtomicReference<>();

        final AtomicReference<String> overlap = new AtomicReference<>();
        private final Inside left = () -> inside.set(null);

        private Inside enter(String call) {
            String other = inside.getAndSet(call);
            if (other != null) {
                overlap.compareAndSet(null, call + " beside " + other);
            }
            return left;
        }
    }

    private interface Inside extends AutoCloseable {
        @Override
        void close();
    }

    final Medium medium;
    volatile int flushes;
    volatile Handover begun;
    volatile int openChannels;
    volatile StorageException failsFlush;
    /** By how much the drive tells another place than where it is. */
    volatile int lies;
    /** Whether it can't tell where the tape stands. */
    volatile boolean placeless;
    /** Whether results don't have it, though it could tell. */
    volatile boolean forgetsPlace;
    /** How often it was asked that. */
    volatile int asked;
    /** How often it was examined by a descriptor that is the drive's only one. */
    volatile int askedByClaim;
    /** Whether there is no tape in it, until it is rewound. */
    volatile boolean empty;
    /** A block size that it does not have. */
    volatile int refusedBlockSize = -1;
    /** Run within each read. */
    volatile Runnable inRead = () -> {};
    /** The file or device that targets lie on; nothing is claimed without. */
    volatile Optional<Target> backing = Optional.empty();

    /** What reads and writes do, if it is not what they should. */
    volatile Optional<BiConsumer<ByteBuffer, TapeResult>> breach = Optional.empty();

    /** Run within each flush, begin and end. */
    volatile Runnable inFlush = () -> {};

    volatile Runnable inBegin = () -> {};
    volatile Runnable inEnd = () -> {};
    volatile Runnable inClose = () -> {};
    /** The calls by which its channels ended. */
    final List<String> farewells = new CopyOnWriteArrayList<>();
    /** Whether the tape stands at its beginning whenever it is opened. */
    volatile boolean rewindsWhenOpened;
    /** How many bytes more than the truth each read says it has read. */
    volatile int miscounts;

    FakeTape(Medium medium) {
        this.medium = medium;
    }

    @Override
    public Examination examine(Target target) {
        if (target.claim().filter(Claim::isExclusive).isPresent()) {
            try (Inside here = medium.enter("examine")) {
                askedByClaim++;
            }
        }
        Geometry geometry = Geometry.builder().maximumRecordSize(1 << 20).build();
        Examination.Builder found = Examination.suitable(target, geometry);
        backing.ifPresent(found::backing);
        return found.build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) {
        openChannels++;
        medium.place = rewindsWhenOpened ? 0 : medium.place;
        return new Channel();
    }

    static StorageException failure(Kind kind, String operation) {
        return StorageException.of(kind, operation, "as the test wants it").build();
    }

    private final class Channel implements TapeChannel {
        private int blockSize;

        @Override
        public void setBlockSize(int bytes) throws StorageException {
            if (empty) {
                throw failure(Kind.NOT_READY, "setBlockSize");
            }
            if (bytes == refusedBlockSize) {
                throw failure(Kind.INVALID_ARGUMENT, "setBlockSize");
            }
            blockSize = bytes;
        }

        @Override
        public Geometry geometry() {
            return Geometry.builder().maximumRecordSize(1 << 20).build();
        }

        @Override
        public void begin(Handover handover) {
            try (Inside here = medium.enter("begin")) {
                inBegin.run();
                begun = handover;
            }
        }

        @Override
        public Handover end(Handover handover) {
            try (Inside here = medium.enter("end")) {
                inEnd.run();
                farewells.add("end");
                return handover.with("fake", "of a");
            }
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) {
            try (Inside here = medium.enter("read")) {
                inRead.run();
                if (breach.isPresent()) {
                    breach.get().accept(target, result);
                } else {
                    readNow(target, result);
                }
            }
        }

        private void readNow(ByteBuffer target, TapeResult result) {
            if (medium.place == medium.blocks.size()) {
                done(result, Outcome.END_OF_DATA, 0);
                return;
            }
            byte[] block = medium.blocks.get(medium.place);
            if (block != null && block.length > target.remaining()) {
                done(result, Outcome.RECORD_TOO_LONG, 0);
                result.setRecordLength(block.length);
                return;
            }
            medium.place++;
            if (block == null) {
                done(result, Outcome.FILE_MARK, 0);
            } else {
                target.put(block);
                done(result, Outcome.DONE, block.length + miscounts);
            }
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) {
            try (Inside here = medium.enter("write")) {
                if (breach.isPresent()) {
                    breach.get().accept(source, result);
                } else {
                    writeNow(source, result);
                }
            }
        }

        private void writeNow(ByteBuffer source, TapeResult result) {
            byte[] block = new byte[source.remaining()];
            source.get(block);
            append(block);
            done(result, Outcome.DONE, block.length);
        }

        @Override
        public void writeFileMarks(int count, TapeResult result) {
            for (int i = 0; i < count; i++) {
                append(null);
            }
            done(result, Outcome.DONE, count);
        }

        private void append(byte[] block) {
            medium.blocks.subList(medium.place, medium.blocks.size()).clear();
            medium.blocks.add(block);
            medium.place++;
        }

        @Override
        public void spaceRecords(long count, TapeResult result) {
            throw new UnsupportedOperationException("no test needs it");
        }

        @Override
        public void spaceFileMarks(long count, TapeResult result) {
            throw new UnsupportedOperationException("no test needs it");
        }

        @Override
        public void spaceToEndOfData(TapeResult result) {
            move(medium.blocks.size(), result);
        }

        @Override
        public void locate(TapePosition position, TapeResult result) {
            move((int) position.blockAddress(), result);
        }

        @Override
        public void rewind(TapeResult result) {
            empty = false;
            move(0, result);
        }

        private void move(int place, TapeResult result) {
            try (Inside here = medium.enter("move")) {
                medium.place = place;
                done(result, Outcome.DONE, 0);
            }
        }

        private void done(TapeResult result, Outcome outcome, int count) {
            result.set(outcome, count);
            if (!placeless && !forgetsPlace) {
                result.setPosition(Source.DRIVE, 0, medium.place);
            }
        }

        @Override
        public TapePosition position() {
            try (Inside here = medium.enter("position")) {
                asked++;
                return placeless ? TapePosition.unknown() : TapePosition.at(Source.DRIVE, 0, medium.place + lies);
            }
        }

        @Override
        public TapeStatus status() {
            return TapeStatus.builder()
                    .is(TapeStatus.Condition.READY, !empty)
                    .blockSize(blockSize)
                    .build();
        }

        @Override
        public void flush() throws StorageException {
            try (Inside here = medium.enter("flush")) {
                flushes++;
                inFlush.run();
                if (failsFlush != null) {
                    throw failsFlush;
                }
            }
        }

        @Override
        public <T> Optional<T> adapt(Class<T> extra) {
            return extra == Medium.class ? Optional.of(extra.cast(medium)) : Optional.empty();
        }

        @Override
        public void close() {
            inClose.run();
            farewells.add("close");
            openChannels--;
        }
    }
}
