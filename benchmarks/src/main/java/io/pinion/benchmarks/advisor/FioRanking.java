package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.advisor.FioJob.Way;
import io.pinion.benchmarks.report.Ratio;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What rounds of fio come to.
 *
 * @param rounds what each way did in each round, of what is there
 * @param others what the reader beside it did meanwhile, a part of what it does alone; 1 where there was none
 * @param missing why ways are not there
 */
record FioRanking(Map<Way, List<FioJob>> rounds, Map<Way, List<Double>> others, Map<Way, String> missing) {
    /**
     * A way beside the buffered one.
     *
     * @param speed ratio of requests a second
     * @param processor ratio of processor time for one
     * @param others ratio of what the reader beside it did
     * @param standing what that comes to
     */
    record Place(Ratio speed, Ratio processor, Ratio others, Standing standing) {}

    static FioRanking empty() {
        return new FioRanking(new EnumMap<>(Way.class), new EnumMap<>(Way.class), new EnumMap<>(Way.class));
    }

    void add(Way way, FioJob job, double other) {
        rounds.computeIfAbsent(way, any -> new ArrayList<>()).add(job);
        others.computeIfAbsent(way, any -> new ArrayList<>()).add(other);
    }

    /** A way can't be gone, or no longer. */
    void lacks(Way way, String why) {
        missing.put(way, why);
        rounds.remove(way);
        others.remove(way);
    }

    /** {@return each way but the buffered one, and where it stands} Nothing where that is missing. */
    Map<Way, Place> places() {
        Map<Way, Place> places = new LinkedHashMap<>();
        for (Way way : List.of(Way.DIRECT, Way.UNCACHED)) {
            if (rounds.containsKey(way) && rounds.containsKey(Way.BUFFERED)) {
                places.put(way, place(way));
            }
        }
        return places;
    }

    private Place place(Way way) {
        List<FioJob> own = rounds.get(way);
        List<FioJob> base = rounds.get(Way.BUFFERED);
        Ratio speed = ratio(rates(own), rates(base));
        Ratio processor = ratio(processor(own), processor(base));
        Ratio beside = ratio(others.get(way), others.get(Way.BUFFERED));
        return new Place(speed, processor, beside, Standing.of(speed, processor, beside));
    }

    private static List<Double> rates(List<FioJob> jobs) {
        return jobs.stream().map(FioJob::rate).toList();
    }

    private static List<Double> processor(List<FioJob> jobs) {
        return jobs.stream().map(FioJob::processor).toList();
    }

    private static Ratio ratio(List<Double> values, List<Double> base) {
        return Ratio.of(IntStream.range(0, Math.min(values.size(), base.size()))
                .mapToObj(round -> values.get(round) / base.get(round))
                .toList());
    }
}
