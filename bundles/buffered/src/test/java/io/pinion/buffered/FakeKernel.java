package io.pinion.buffered;

import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.KernelFiles;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The kernel of a test: it moves the bytes, counts what it is asked for, and takes as much of it as the test wants. */
final class FakeKernel implements KernelFiles {
    final List<FakeFile> opened = new ArrayList<>();
    /** Why nothing can be uncached. */
    String refusal = "";
    /** Whether its files can't even be asked that. */
    boolean broken;
    /** How many bytes it takes uncached, ever, before it refuses a transfer. */
    long room = Long.MAX_VALUE;

    @Override
    public KernelFile open(Path path, Access access) throws StorageException {
        try {
            FakeFile file = new FakeFile(FileChannel.open(
                    path,
                    access.canWrite()
                            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                            : Set.of(StandardOpenOption.READ)));
            opened.add(file);
            return file;
        } catch (IOException e) {
            throw StorageException.of("open", e).build();
        }
    }

    /** {@return the file that was opened last} */
    FakeFile last() {
        return opened.get(opened.size() - 1);
    }

    final class FakeFile implements KernelFile {
        private final FileChannel channel;
        int transfers;
        long moved;
        /** How many flushes have begun. */
        int flushes;

        final List<Boolean> forgotten = new ArrayList<>();
        boolean idle = true;
        /** Thrown when asked about a flush, as by code of a bundle that has left; null for nothing. */
        LinkageError left;

        private FakeFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public String uncachedRefusal() {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return refusal;
        }

        @Override
        public int readUncached(ByteBuffer target, long position) throws StorageException {
            return move(true, target, position);
        }

        @Override
        public int writeUncached(ByteBuffer source, long position) throws StorageException {
            return move(false, source, position);
        }

        private int move(boolean reading, ByteBuffer buffer, long position) throws StorageException {
            if (!buffer.isDirect()) {
                throw new AssertionError("not direct: " + buffer);
            }
            transfers++;
            int limit = buffer.limit();
            int wanted = buffer.remaining();
            buffer.limit((int) Math.min(limit, buffer.position() + room));
            try {
                int done = buffer.hasRemaining()
                        ? reading ? channel.read(buffer, position) : channel.write(buffer, position)
                        : 0;
                room -= Math.max(0, done);
                moved += Math.max(0, done);
                if (room == 0 && done < wanted) {
                    throw StorageException.of(Kind.UNSUPPORTED, "move", "no more")
                            .build();
                }
                return done;
            } catch (IOException e) {
                throw e instanceof StorageException known
                        ? known
                        : StorageException.of("move", e).build();
            } finally {
                buffer.limit(limit);
            }
        }

        @Override
        public ChannelQueue openQueue(
                int depth, PositionalChannel on, Predicate<TransferFlags> uncached, BooleanSupplier all)
                throws StorageException {
            throw StorageException.of(Kind.UNSUPPORTED, "openQueue", "no ring today")
                    .build();
        }

        @Override
        public Runnable flushing(boolean all) {
            flushes++;
            throwIfLeft();
            return () -> forgotten.add(all);
        }

        private void throwIfLeft() {
            if (left != null) {
                throw left;
            }
        }

        @Override
        public boolean isIdle() {
            throwIfLeft();
            return idle;
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
