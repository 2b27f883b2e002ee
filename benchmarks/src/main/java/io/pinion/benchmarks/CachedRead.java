package io.pinion.benchmarks;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Random reads of 4 KiB that the page cache answers: through a volume on strategy buffered, and through a bare
 * {@link FileChannel} with the same buffer; twice through the bare one, to show what the noise is.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CachedRead {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 16 * 1024;

    /** The file, open in both ways. */
    @State(Scope.Benchmark)
    public static class Opened {
        private Path file;
        private FileChannel channel;
        private Pinion pinion;
        private Volume volume;

        /** Writes the file once in full, so that all of it is cached. */
        @Setup
        public void open() throws IOException {
            file = Files.createTempFile(Work.directory(), "cached-read", ".img");
            Work.fill(file, (long) BLOCK * BLOCKS);
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            pinion = Pinion.start();
            pinion.add("buffered", new BufferedStrategy());
            pinion.configure("v", Map.of("target", file.toString(), "strategy", "buffered"));
            volume = pinion.volume("v", Duration.ofSeconds(10));
        }

        /** Closes and removes it. */
        @TearDown
        public void close() throws IOException {
            pinion.close();
            channel.close();
            Files.delete(file);
        }
    }

    /** Each thread's own buffer and sequence. */
    @State(Scope.Thread)
    public static class Own {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
        private long seed = 0x9E3779B97F4A7C15L + Thread.currentThread().getId();

        private ByteBuffer buffer() {
            return buffer.clear();
        }

        private long next() {
            seed ^= seed << 13;
            seed ^= seed >>> 7;
            seed ^= seed << 17;
            return (seed & (BLOCKS - 1)) * BLOCK;
        }
    }

    /** The peer. */
    @Benchmark
    public int channel(Opened opened, Own own) throws IOException {
        return opened.channel.read(own.buffer(), own.next());
    }

    /** The peer again. */
    @Benchmark
    public int channelAgain(Opened opened, Own own) throws IOException {
        return opened.channel.read(own.buffer(), own.next());
    }

    /** Pinion, statistics on as shipped. */
    @Benchmark
    public int volume(Opened opened, Own own) throws StorageException {
        return opened.volume.read(own.buffer(), own.next());
    }
}
