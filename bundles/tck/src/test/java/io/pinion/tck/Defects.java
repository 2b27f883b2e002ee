package io.pinion.tck;

import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Channels that do one thing wrong each. */
final class Defects {
    private static final int BLOCK = 512;

    private Defects() {}

    /** Reads, changes and writes the blocks under an unaligned write, without a lock: two who write together both have read. */
    static final class LosesNeighbours extends Passing {
        private static final long TOGETHER_MILLIS = 2;

        private final Exchanger<Object> meeting = new Exchanger<>();

        LosesNeighbours(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            int length = source.remaining();
            long from = position / BLOCK * BLOCK;
            long to = Math.max(Math.min((position + length + BLOCK - 1) / BLOCK * BLOCK, size()), position + length);
            ByteBuffer blocks = ByteBuffer.allocate((int) (to - from));
            channel.read(blocks, from, flags);
            meet();
            blocks.clear().position((int) (position - from)).put(source);
            channel.write(blocks.clear(), from, flags);
            return length;
        }

        private void meet() {
            try {
                meeting.exchange(this, TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Nobody else writes now.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Holds a completion back until it has flushed. */
    static final class ReleasesWhenFlushed extends Passing {
        private final Fault held;

        ReleasesWhenFlushed(PositionalChannel channel, Fault held) {
            super(channel);
            this.held = held;
        }

        @Override
        public void flush() throws StorageException {
            super.flush();
            held.release();
        }
    }

    /** Takes every first channel for that of a new target. */
    static final class FormatsAgain extends Passing {
        FormatsAgain(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public void begin(Handover handover) throws StorageException {
            super.begin(handover);
            if (handover.predecessor().isEmpty()) {
                channel.write(ByteBuffer.allocate(BLOCK), 8192, TransferFlags.NONE);
            }
        }
    }

    /** Asks for the length when it is opened. */
    static final class RemembersLength extends Passing {
        private long size;

        RemembersLength(PositionalChannel channel) throws StorageException {
            super(channel);
            size = channel.size();
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            return position >= size && target.hasRemaining() ? -1 : super.read(target, position, flags);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            int written = super.write(source, position, flags);
            size = written == 0 ? size : Math.max(size, position + written);
            return written;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void setSize(long newSize) throws StorageException {
            super.setSize(newSize);
            size = newSize;
        }
    }

    /** Reads its first page when it is opened. */
    static final class RemembersContent extends Passing {
        private final byte[] first = new byte[4096];

        RemembersContent(PositionalChannel channel) throws StorageException {
            super(channel);
            channel.read(ByteBuffer.wrap(first), 0, TransferFlags.NONE);
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            int start = target.position();
            int read = super.read(target, position, flags);
            for (int i = 0; i < read && position + i < first.length; i++) {
                target.put(start + i, first[(int) position + i]);
            }
            return read;
        }
    }

    /** Does not continue what comes short. */
    static final class ReadsShort extends Passing {
        ReadsShort(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            int limit = target.limit();
            target.limit(Math.min(limit, target.position() + 1000));
            int read = super.read(target, position, flags);
            target.limit(limit);
            return read;
        }
    }

    /** Clears the flag to get its I/O done, and forgets to set it again. */
    static final class LosesInterrupts extends Passing {
        LosesInterrupts(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            Thread.interrupted();
            return super.write(source, position, flags);
        }
    }

    /** Opens something, and does not close it. */
    static final class LeaksDescriptors extends Passing {
        private static final List<FileChannel> OPEN = Collections.synchronizedList(new ArrayList<>());

        LeaksDescriptors(PositionalChannel channel) {
            super(channel);
            try {
                OPEN.add(FileChannel.open(Path.of("/dev/null")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void closeAll() throws IOException {
            for (FileChannel open : OPEN) {
                open.close();
            }
            OPEN.clear();
        }
    }

    /** Keeps its buffers. */
    static final class LeaksMemory extends Passing {
        private static final List<ByteBuffer> BUFFERS = Collections.synchronizedList(new ArrayList<>());

        LeaksMemory(PositionalChannel channel) {
            super(channel);
            BUFFERS.add(ByteBuffer.allocateDirect(64 * 1024));
        }

        static void freeAll() {
            BUFFERS.clear();
        }
    }

    /** Writes whole blocks behind the end, and leaves it at that. */
    static final class PadsTheEnd extends Passing {
        PadsTheEnd(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            int written = super.write(source, position, flags);
            long end = (position + written + BLOCK - 1) / BLOCK * BLOCK;
            if (end > size()) {
                setSize(end);
            }
            return written;
        }
    }

    /** Leaves the limit where it needed it. */
    static final class MovesTheLimit extends Passing {
        MovesTheLimit(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            target.limit(Math.min(target.capacity(), target.limit() + BLOCK));
            int wanted = target.remaining() - BLOCK;
            return Math.min(wanted, super.read(target, position, flags));
        }
    }

    /** Works on a duplicate. */
    static final class LeavesPositions extends Passing {
        LeavesPositions(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            return super.write(source.duplicate(), position, flags);
        }
    }

    /** Cuts by remembering where; what is behind stays there. */
    static final class ShowsWhatWasCut extends Passing {
        private long size = -1;

        ShowsWhatWasCut(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            return position >= size() && target.hasRemaining() ? -1 : super.read(target, position, flags);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            int written = super.write(source, position, flags);
            size = size < 0 ? size : Math.max(size, position + written);
            return written;
        }

        @Override
        public long size() throws StorageException {
            return size < 0 ? super.size() : size;
        }

        @Override
        public void setSize(long newSize) {
            size = newSize;
        }
    }

    /** Writes when it is closed. */
    static final class KeepsWritesToItself extends Passing {
        private ByteBuffer kept = ByteBuffer.allocate(0);
        private long at;

        KeepsWritesToItself(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) {
            kept = ByteBuffer.allocate(source.remaining()).put(source).flip();
            at = position;
            return kept.remaining();
        }

        @Override
        public void close() {
            try {
                super.write(kept, at, TransferFlags.NONE);
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
            super.close();
        }
    }

    /** Fails with whatever comes of having nothing any more. */
    static final class CrashesWhenClosed extends Passing {
        private volatile PositionalChannel present;

        CrashesWhenClosed(PositionalChannel channel) {
            super(channel);
            present = channel;
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            return present.read(target, position, flags);
        }

        @Override
        public void close() {
            present = null;
        }
    }

    /** Makes itself at home before it serves. */
    static final class WritesBeforeBegin extends Passing {
        WritesBeforeBegin(PositionalChannel channel) throws StorageException {
            super(channel);
            channel.write(ByteBuffer.wrap(new byte[] {42}), 0, TransferFlags.NONE);
        }
    }

    /** Copies everything, after it has promised not to. */
    static final class CopiesAndTells extends Passing {
        private final TransferMeter meter;

        CopiesAndTells(PositionalChannel channel, TransferMeter meter) {
            super(channel);
            this.meter = meter;
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            meter.cause("it was so inclined").bounced(source.remaining());
            return super.write(source, position, flags);
        }
    }

    /** Gets one byte wrong, under a condition that nobody would think of testing. */
    static final class CorruptsRarely extends Passing {
        CorruptsRarely(PositionalChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            int last = source.limit() - 1;
            boolean wrong = !source.isReadOnly() && source.remaining() > 9000 && position % 7 == 3;
            if (wrong) {
                source.put(last, (byte) ~source.get(last));
            }
            try {
                return super.write(source, position, flags);
            } finally {
                if (wrong) {
                    source.put(last, (byte) ~source.get(last));
                }
            }
        }
    }
}
