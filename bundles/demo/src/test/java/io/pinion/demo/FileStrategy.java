package io.pinion.demo;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** A small strategy for files, which forgets one write in so many if it is told to. */
final class FileStrategy implements IoStrategy {
    private final int forgetOneIn;

    FileStrategy(int forgetOneIn) {
        this.forgetOneIn = forgetOneIn;
    }

    @Override
    public Examination examine(Target target) {
        return Files.exists(target.path())
                ? Examination.suitable(target, Geometry.builder().build()).build()
                : Examination.unsuitable("missing");
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        try {
            return new Channel(
                    FileChannel.open(target.path(), StandardOpenOption.READ, StandardOpenOption.WRITE), forgetOneIn);
        } catch (IOException e) {
            throw failure("open", e);
        }
    }

    private static StorageException failure(String operation, IOException e) {
        return StorageException.of(StorageException.Kind.IO_ERROR, operation, e.toString())
                .cause(e)
                .build();
    }

    private record Channel(FileChannel file, int forgetOneIn) implements PositionalChannel {
        @Override
        public ChannelMode mode() {
            return ChannelMode.of("plain", "no frills");
        }

        @Override
        public Geometry geometry() {
            return Geometry.builder().build();
        }

        @Override
        public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
            try {
                int read = 0;
                while (target.hasRemaining()) {
                    int count = file.read(target, position + read);
                    if (count < 0) {
                        return read == 0 ? -1 : read;
                    }
                    read += count;
                }
                return read;
            } catch (IOException e) {
                throw failure("read", e);
            }
        }

        @Override
        public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
            int length = source.remaining();
            if (forgetOneIn > 0 && position / Placement.SLOT % forgetOneIn == forgetOneIn - 1) {
                source.position(source.limit());
                return length;
            }
            try {
                for (long at = position; source.hasRemaining(); ) {
                    at += file.write(source, at);
                }
                return length;
            } catch (IOException e) {
                throw failure("write", e);
            }
        }

        @Override
        public long size() throws StorageException {
            try {
                return file.size();
            } catch (IOException e) {
                throw failure("size", e);
            }
        }

        @Override
        public void setSize(long size) throws StorageException {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() throws StorageException {
            try {
                file.force(false);
            } catch (IOException e) {
                throw failure("flush", e);
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
