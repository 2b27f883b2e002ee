package io.pinion.benchmarks.plan;

import java.util.List;
import java.util.Locale;

/**
 * What every way of a workload does alike.
 *
 * @param kind of operation
 * @param pattern of positions
 * @param block how many bytes an operation has
 * @param depth how many operations are in flight: the depth of a queue, or the number of threads
 * @param batch how many completions a queue waits for at a time
 * @param timedEvery one operation in so many is timed, a power of two: the shorter they are, the fewer
 */
public record Shape(Kind kind, Pattern pattern, int block, int depth, int batch, int timedEvery) {
    private static final int LARGE = 256 << 10;
    private static final int NOW_AND_THEN = 8;
    private static final int SELDOM = 64;
    private static final int SMALL = 4096;

    /** A shape that is timed as often as suits it, unless {@linkplain #ofMemory() memory answers}. */
    public Shape(Kind kind, Pattern pattern, int block, int depth, int batch) {
        this(kind, pattern, block, depth, batch, timedEvery(kind, pattern, block, depth));
    }

    private static int timedEvery(Kind kind, Pattern pattern, int block, int depth) {
        if (block >= LARGE) {
            return 1;
        }
        if (kind == Kind.NOP || pattern == Pattern.CACHED) {
            return SELDOM;
        }
        return depth == 1 ? 1 : NOW_AND_THEN;
    }

    /** {@return the same where no device is waited for: timed as seldom as what the page cache answers} */
    public Shape ofMemory() {
        return new Shape(kind, pattern, block, depth, batch, SELDOM);
    }

    /** {@return whether its speed is told in MB/s, not in operations} */
    public boolean isLarge() {
        return block >= LARGE;
    }

    /** {@return the same with small blocks: many more operations a second go the same way} */
    public Shape small() {
        return new Shape(kind, pattern, SMALL, depth, batch, timedEvery);
    }

    /** {@return the arguments of a sample, behind the way} {@code uring.c} takes them, too. */
    public List<String> arguments(String file, Span span) {
        return List.of(
                kind.word(),
                pattern.word(),
                file,
                Integer.toString(block),
                Integer.toString(depth),
                Integer.toString(batch),
                Integer.toString(timedEvery()),
                Double.toString(span.warmUp()),
                Double.toString(span.measured()));
    }

    /** {@return the shape that {@link #arguments} were made of} */
    public static Shape of(List<String> arguments) {
        return new Shape(
                Kind.valueOf(arguments.get(0).toUpperCase(Locale.ROOT)),
                Pattern.valueOf(arguments.get(1).toUpperCase(Locale.ROOT)),
                Integer.parseInt(arguments.get(3)),
                Integer.parseInt(arguments.get(4)),
                Integer.parseInt(arguments.get(5)),
                Integer.parseInt(arguments.get(6)));
    }
}
