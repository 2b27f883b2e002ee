package io.pinion.advisor.auto;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What operations that were seen have in common.
 *
 * @param seen how many there were
 * @param size their mean length, in bytes
 * @param writes which part of them were writes
 * @param sequential which part of them began where the one before ended
 * @param span how many bytes lie between the lowest and the highest that were touched
 * @param workingSet over how many bytes they are spread, as estimated; empty when too few came back to the same place
 */
record Pattern(long seen, double size, double writes, double sequential, long span, OptionalLong workingSet) {
    /** So many pairs in one place give the working set within a quarter or so. */
    private static final long PAIRS = 16;

    private static final int COARSE = 1 << 16;

    private static final int FEW = 8;
    private static final double TWICE = 2;
    private static final double ABOUT = 0.4;

    /** {@return what the samples of this range have in common} */
    static Pattern of(Samples samples, long from, long to) {
        int count = (int) Math.max(0, to - from);
        long[] positions = new long[count];
        double bytes = 0;
        long writes = 0;
        long sequential = 0;
        long low = Long.MAX_VALUE;
        long high = 0;
        for (int i = 0; i < count; i++) {
            long sample = from + i;
            positions[i] = samples.position(sample);
            bytes += samples.length(sample);
            writes += samples.isWrite(sample) ? 1 : 0;
            sequential += samples.isSequential(sample) ? 1 : 0;
            low = Math.min(low, positions[i]);
            high = Math.max(high, positions[i] + samples.length(sample));
        }
        long span = count == 0 ? 0 : high - low;
        double size = bytes / Math.max(1, count);
        double straight = (double) sequential / Math.max(1, count);
        // One scan comes to no place twice, and sampled scans of one file come to the same places: only the span tells.
        OptionalLong workingSet = straight > 0.5 ? OptionalLong.empty() : workingSet(positions, size, span);
        return new Pattern(count, size, (double) writes / Math.max(1, count), straight, span, workingSet);
    }

    /**
     * Of n draws from w places about n²/2w pairs meet. Places are of the operations' own size, or coarse, whichever says less:
     * what lies together is found sooner by the latter.
     */
    private static OptionalLong workingSet(long[] positions, double size, long span) {
        long least = Long.MAX_VALUE;
        for (int place : new int[] {Math.max(512, Integer.highestOneBit((int) Math.max(1, size))), COARSE}) {
            long pairs = pairs(positions, place);
            if (pairs >= PAIRS) {
                double places = (double) positions.length * (positions.length - 1) / 2 / pairs;
                least = Math.min(least, (long) (places * Math.max(place, size)));
            }
        }
        return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(Math.min(least, span));
    }

    private static long pairs(long[] positions, int place) {
        long[] places = Arrays.stream(positions)
                .map(position -> position / place)
                .sorted()
                .toArray();
        long pairs = 0;
        int run = 0;
        for (int i = 1; i < places.length; i++) {
            run = places[i] == places[i - 1] ? run + 1 : 0;
            pairs += run;
        }
        return pairs;
    }

    /**
     * {@return whether requests are of the same sort: half to twice as long, with about as many writes and as many in sequence} What is
     * too few to tell resembles anything.
     */
    boolean resembles(Pattern other) {
        return seen < FEW
                || other.seen < FEW
                || Math.max(size, other.size) <= TWICE * Math.min(size, other.size)
                        && Math.abs(writes - other.writes) <= ABOUT
                        && Math.abs(sequential - other.sequential) <= ABOUT;
    }

    /** {@return by what loads are told apart: what is true of one need not be of another} */
    String signature() {
        int magnitude = (int) Math.round(Math.log(Math.max(1, size)) / Math.log(2));
        return String.format(
                Locale.ROOT,
                "size 2^%d, %s, %s",
                magnitude,
                writes < 0.1 ? "reads" : writes > 0.9 ? "writes" : "mixed",
                sequential > 0.5 ? "sequential" : "random");
    }
}
