package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Random operations on a subject and on a model in memory, compared as they go. A failure tells the seed that repeats it,
 * and the operations that came before. The system properties {@value #SEED} and {@value #STEPS} set both.
 */
final class RandomOperations {
    static final String SEED = "pinion.tck.seed";
    static final String STEPS = "pinion.tck.steps";

    private static final int LARGEST_SIZE = 200_000;
    private static final int LARGEST_TRANSFER = 20_000;
    private static final AtomicLong SEEDS = new AtomicLong(System.nanoTime());

    private final Subject subject;
    private final boolean resizable;
    private final Image image;
    private final long base;
    private final long seed;
    private final Random random;
    private final LatestOperations latest = new LatestOperations();

    /** Operations on all of a subject that holds zeroes. */
    RandomOperations(Subject subject, boolean resizable) throws Exception {
        this(subject, resizable, 0, Math.toIntExact(subject.size()), seed());
    }

    /** Operations on a range of a subject, in which there are zeroes. */
    RandomOperations(Subject subject, long base, int length, long seed) {
        this(subject, false, base, length, seed);
    }

    private RandomOperations(Subject subject, boolean resizable, long base, int length, long seed) {
        this.subject = subject;
        this.resizable = resizable;
        this.base = base;
        this.seed = seed;
        image = new Image(length);
        random = new Random(seed);
    }

    /** {@return the seed that was asked for, else another one each time} */
    static long seed() {
        return Long.getLong(SEED, SEEDS.addAndGet(0x9E3779B97F4A7C15L));
    }

    /** {@return how many steps were asked for} */
    static int steps(int otherwise) {
        return Integer.getInteger(STEPS, otherwise);
    }

    /** Does so many operations, and compares everything in the end. */
    void run(int steps) {
        int step = 0;
        try {
            for (; step < steps; step++) {
                step();
            }
            compareAll();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(latest.failure(step, e, seed, steps), e);
        }
    }

    private void step() throws Exception {
        int dice = random.nextInt(100);
        if (dice < 36) {
            write();
        } else if (dice < 70) {
            read();
        } else if (dice < 76) {
            gather();
        } else if (dice < 84) {
            resize();
        } else if (dice < 88) {
            latest.add("flush");
            subject.flush();
        } else if (dice < 91 && base == 0) {
            latest.add("reopen");
            subject.reopen();
        } else if (dice < 97 && base == 0) {
            latest.add("swap");
            subject.swap();
        } else {
            compareAll();
        }
    }

    private void write() throws Exception {
        int position = position();
        int length = length(position);
        BufferKind kind = kind();
        latest.add("write position=" + position + " length=" + length + " " + kind);
        byte[] content = new byte[length];
        random.nextBytes(content);
        Frame frame = Frame.of(kind, content);
        assertEquals(length, subject.write(frame.buffer(), base + position), "written");
        frame.assertMoved(length, "write");
        image.write(position, content);
    }

    private void read() throws Exception {
        int position = position();
        int length = resizable ? random.nextInt(LARGEST_TRANSFER) : length(position);
        BufferKind kind = kind();
        latest.add("read position=" + position + " length=" + length + " " + kind);
        Frame frame = Frame.of(kind, length);
        int read = subject.read(frame.buffer(), base + position);
        assertEquals(image.result(position, length), read, "read");
        frame.assertMoved(read, "read");
        Content.assertSame(image.at(position, Math.max(0, read)), frame.content(Math.max(0, read)), "read");
    }

    private void gather() throws Exception {
        int position = position();
        int length = length(position);
        int first = length == 0 ? 0 : random.nextInt(length);
        latest.add("gather and scatter position=" + position + " length=" + first + "+" + (length - first));
        byte[] content = new byte[length];
        random.nextBytes(content);
        ByteBuffer[] sources = {
            ByteBuffer.wrap(content, 0, first),
            ByteBuffer.allocateDirect(length - first)
                    .put(content, first, length - first)
                    .flip()
        };
        assertEquals(length, subject.writeAll(sources, base + position), "gathered");
        image.write(position, content);
        ByteBuffer[] targets = {ByteBuffer.allocateDirect(length - first), ByteBuffer.allocate(first)};
        assertEquals(image.result(position, length), subject.readAll(targets, base + position), "scattered");
        byte[] found = new byte[length];
        targets[0].flip().get(found, 0, length - first);
        targets[1].flip().get(found, length - first, first);
        Content.assertSame(content, found, "scattered");
    }

    private void resize() throws Exception {
        if (resizable) {
            int size = edge(random.nextInt(LARGEST_SIZE));
            latest.add("setSize " + size + ", was " + image.size());
            subject.setSize(size);
            image.setSize(size);
            assertEquals(size, subject.size(), "size");
        }
    }

    private void compareAll() throws Exception {
        latest.add("compare all");
        if (base == 0 && resizable) {
            assertEquals(image.size(), subject.size(), "size");
        }
        ByteBuffer all = ByteBuffer.allocate(image.size());
        assertEquals(image.result(0, image.size()), subject.read(all, base), "read of all");
        Content.assertSame(image.all(), all.array(), "all");
    }

    private int position() {
        int end = image.size();
        return switch (random.nextInt(4)) {
            case 0 -> edge(random.nextInt(end + 1));
            case 1 -> Math.max(0, end - random.nextInt(5000));
            case 2 -> resizable ? Math.min(LARGEST_SIZE, end + random.nextInt(9000)) : random.nextInt(end + 1);
            default -> random.nextInt(end + 1);
        };
    }

    private int length(int position) {
        int length = random.nextInt(3) == 0 ? edge(random.nextInt(LARGEST_TRANSFER)) : random.nextInt(LARGEST_TRANSFER);
        return Math.max(0, Math.min(length, (resizable ? LARGEST_SIZE : image.size()) - position));
    }

    /** {@return the value, moved to a boundary or next to it} */
    private int edge(int value) {
        int unit = random.nextBoolean() ? 512 : BufferKind.PAGE_SIZE;
        int moved = value / unit * unit + random.nextInt(3) - 1;
        return Math.max(0, Math.min(moved, resizable ? LARGEST_SIZE : image.size()));
    }

    private BufferKind kind() {
        return BufferKind.values()[random.nextInt(BufferKind.values().length)];
    }
}
