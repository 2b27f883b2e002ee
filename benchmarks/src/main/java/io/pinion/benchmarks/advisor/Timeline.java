package io.pinion.benchmarks.advisor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one choice of strategy did with phases of load.
 *
 * @param phases one after the other
 * @param bytes read in each second
 * @param swaps that were made meanwhile
 * @param whys what was said at the end of each phase
 */
record Timeline(List<Phase> phases, List<Long> bytes, List<Swap> swaps, List<List<String>> whys) {
    static final String SECOND = "second";
    static final String SWAP = "swap";
    static final String WHY = "why";

    /**
     * A swap.
     *
     * @param seconds when
     * @param from the strategy that served
     * @param to the one that served then
     * @param cause why
     */
    record Swap(double seconds, String from, String to, String cause) {}

    /** {@return what {@link OneRun} printed} */
    static Timeline parse(List<Phase> phases, String printed) throws IOException {
        List<Long> bytes = new ArrayList<>();
        List<Swap> swaps = new ArrayList<>();
        List<List<String>> whys = new ArrayList<>();
        phases.forEach(phase -> whys.add(new ArrayList<>()));
        for (String line : printed.lines().toList()) {
            String[] parts = line.split("\t", -1);
            switch (parts[0]) {
                case SECOND -> bytes.add(Long.valueOf(parts[2]));
                case SWAP -> swaps.add(new Swap(Long.parseLong(parts[1]) / 1e3, parts[2], parts[3], parts[4]));
                case WHY -> whys.get(Integer.parseInt(parts[1])).add(parts[2]);
                default -> {}
            }
        }
        if (bytes.size() != phases.stream().mapToInt(Phase::seconds).sum()) {
            throw new IOException("it printed " + bytes.size() + " seconds");
        }
        return new Timeline(phases, bytes, swaps, whys);
    }

    /** {@return when a phase begins, in seconds; that after the last is the end} */
    int begin(int phase) {
        return phases.subList(0, phase).stream().mapToInt(Phase::seconds).sum();
    }

    /** {@return bytes a second in a phase, all of its seconds} */
    double rate(int phase) {
        return bytes.subList(begin(phase), begin(phase + 1)).stream()
                .mapToLong(Long::longValue)
                .average()
                .orElse(0);
    }

    /** {@return swaps of a phase} */
    List<Swap> swaps(int phase) {
        boolean last = phase == phases.size() - 1;
        return swaps.stream()
                .filter(swap -> swap.seconds() >= begin(phase) && (last || swap.seconds() < begin(phase + 1)))
                .toList();
    }
}
