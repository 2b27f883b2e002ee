package io.pinion.advisor.play;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else: a thread that reads pages of a small part of the target through the page cache, over and over, as a program does
 * whose data is cached. How much slower that becomes beside a load is the damage that the load does to others.
 */
public final class HotReader implements AutoCloseable {
    private static final int PAGE = 4096;
    private static final int PIECE = 1 << 20;
    private static final long JOIN_MILLIS = 2000;
    private static final long SLEEP_MILLIS = 5;
    /** A slow device is not read for longer than this beforehand: less of it is hot then. */
    private static final long FILL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final FileChannel channel;
    private final int pages;
    private final Thread thread = new Thread(this::run, "pinion-advisor-hot-reader");
    private volatile boolean stopped;
    private volatile long reads;
    private volatile IOException failure;

    private HotReader(FileChannel channel, long region) {
        this.channel = channel;
        pages = (int) (region / PAGE);
        thread.setDaemon(true);
    }

    /**
     * {@return a reader that has read its region once, and goes on}
     *
     * @param target what is read, from its start
     * @param region how much of it, at most
     */
    public static HotReader start(Path target, long region) throws IOException {
        FileChannel channel = FileChannel.open(target, StandardOpenOption.READ);
        try {
            HotReader reader = new HotReader(channel, fill(channel, region));
            reader.thread.start();
            return reader;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** {@return how much was read, of so much} */
    private static long fill(FileChannel channel, long region) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(region, PIECE));
        long start = System.nanoTime();
        long done = 0;
        while (done < region && System.nanoTime() - start < FILL_NANOS) {
            channel.read(buffer.clear(), done);
            done += buffer.capacity();
        }
        return Math.min(done, region);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(PAGE);
        SplittableRandom random = new SplittableRandom(pages);
        long count = 0;
        try {
            while (!stopped) {
                channel.read(buffer.clear(), (long) random.nextInt(pages) * PAGE);
                reads = ++count;
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** {@return how many bytes it has read beforehand, and reads again and again} */
    public long region() {
        return (long) pages * PAGE;
    }

    /** {@return reads so far} */
    public long reads() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return reads;
    }

    /** {@return how many reads a second it does by itself, over so many nanoseconds} */
    public double alone(long nanos) throws IOException, InterruptedException {
        long before = reads();
        long start = System.nanoTime();
        long passed;
        do {
            Thread.sleep(SLEEP_MILLIS);
            passed = System.nanoTime() - start;
        } while (passed < nanos);
        return (reads() - before) * (double) TimeUnit.SECONDS.toNanos(1) / passed;
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        channel.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
