package io.pinion.advisor.judge;

import io.pinion.advisor.Comparison;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Confounder.Kind;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import io.pinion.shell.text.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the figures themselves say about how far they are to be trusted. */
public final class Doubts {
    /** A buffered way that differs more from itself than this makes figures of little use. */
    static final double NOISY = 0.10;
    /** Ways that are a limit's come as close as this to each other. */
    static final double SAME = 0.03;
    /** And stay as close as this from round to round. */
    static final double FLAT = 0.03;

    private static final int PERCENT = 100;

    private Doubts() {}

    /** {@return them all} */
    public static List<Confounder> of(List<Measured> figures, List<Comparison> comparisons) {
        List<Confounder> found = new ArrayList<>();
        comparisons.stream()
                .max(Comparator.comparingDouble(Comparison::noise))
                .filter(noisiest -> noisiest.noise() > NOISY)
                .ifPresent(noisiest -> found.add(new Confounder(
                        Kind.NOISE,
                        "At " + Units.bytes(noisiest.size()) + " "
                                + noisiest.against().title() + " differs from itself by ±"
                                + Math.round(PERCENT * noisiest.noise())
                                + " % over the rounds: differences within that mean nothing.")));
        limited(figures).ifPresent(found::add);
        return found;
    }

    /** Of the largest requests bytes a second, of the smallest requests a second. */
    private static Optional<Confounder> limited(List<Measured> figures) {
        int largest = figures.stream().mapToInt(Measured::size).max().orElse(0);
        int smallest = figures.stream().mapToInt(Measured::size).min().orElse(0);
        Optional<Confounder> rate = limited(
                figures,
                largest,
                each -> Units.bytes(Math.round(each.bytesPerSecond().estimate())) + "/s");
        return rate.isPresent()
                ? rate
                : limited(
                        figures,
                        smallest,
                        each -> Units.count(
                                        Math.round(each.operationsPerSecond().estimate())) + " requests/s");
    }

    private static Optional<Confounder> limited(List<Measured> figures, int size, Function<Measured, String> words) {
        List<Measured> fromStorage = figures.stream()
                .filter(each -> each.size() == size && each.way() != Way.BUFFERED_WARM)
                .filter(each -> each.samples().size() > 2)
                .toList();
        boolean both = fromStorage.stream().anyMatch(each -> each.way() == Way.BUFFERED_COLD)
                && fromStorage.stream().anyMatch(each -> each.way().isDirect());
        double low = fromStorage.stream().mapToDouble(Doubts::speed).min().orElse(0);
        double high = fromStorage.stream().mapToDouble(Doubts::speed).max().orElse(0);
        if (!both || high > low * (1 + 2 * SAME) || !fromStorage.stream().allMatch(Doubts::isFlat)) {
            return Optional.empty();
        }
        return Optional.of(
                new Confounder(
                        Kind.RATE_LIMITED,
                        "At " + Units.bytes(size) + " all ways that reach the disk do "
                                + words.apply(fromStorage.get(0))
                                + ", within a few percent, in every round: something limits the rate (a cloud's disk, a"
                                + " controller, the disk itself), and no way of asking changes that. Processor time still differs."));
    }

    private static double speed(Measured measured) {
        return measured.operationsPerSecond().estimate();
    }

    private static boolean isFlat(Measured measured) {
        Interval speed = measured.operationsPerSecond();
        return measured.samples().stream()
                .mapToDouble(Sample::operationsPerSecond)
                .allMatch(each -> Math.abs(each / speed.estimate() - 1) < FLAT);
    }
}
