package io.pinion.benchmarks.advisor;

import io.pinion.advisor.report.Json;
import io.pinion.benchmarks.advisor.FioRanking.Place;
import io.pinion.benchmarks.report.Ratio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Everything that was measured, for programs. */
final class AdvisorJson {
    private AdvisorJson() {}

    static String of(AdvisorResults results) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", results.environment());
        all.put("quick", results.plan().quick());
        all.put("rigs", results.rigs().stream().map(AdvisorJson::rig).toList());
        results.auto().ifPresent(auto -> all.put("auto", auto(auto)));
        results.watching().ifPresent(watching -> all.put("watching", watching(watching)));
        return Json.of(all);
    }

    private static Map<String, Object> rig(RigResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", result.rig().name());
        map.put("title", result.rig().title());
        map.put("missing", result.missing());
        map.put(
                "expected",
                result.rig().expected().stream().map(Enum::name).sorted().toList());
        result.advised().ifPresent(said -> {
            map.put("verdict", said.verdict().name());
            map.put("asExpected", result.isAsExpected());
            map.put("rounds", said.rounds());
            map.put("reasons", said.reasons());
            map.put("confounders", said.confounders());
            map.put("figures", said.figures());
        });
        map.put("agreement", result.agreement().name());
        Map<String, Object> fio = new LinkedHashMap<>();
        result.ranking().rounds().forEach((way, jobs) -> fio.put(way.title(), jobs(result.ranking(), way, jobs)));
        result.ranking().missing().forEach((way, why) -> fio.put(way.title(), Map.of("missing", why)));
        map.put("fio", fio);
        return map;
    }

    private static Map<String, Object> jobs(FioRanking ranking, FioJob.Way way, List<FioJob> jobs) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rates", jobs.stream().map(FioJob::rate).toList());
        map.put("processorNanos", jobs.stream().map(FioJob::processor).toList());
        map.put("others", ranking.others().get(way));
        Place place = ranking.places().get(way);
        if (place != null) {
            map.put("standing", place.standing().name());
            map.put("speed", ratio(place.speed()));
            map.put("processor", ratio(place.processor()));
        }
        return map;
    }

    private static List<Double> ratio(Ratio ratio) {
        return List.of(ratio.median(), ratio.low(), ratio.high());
    }

    private static Map<String, Object> auto(AutoResult auto) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("missing", auto.missing());
        map.put("passes", auto.passes().stream().map(AdvisorJson::pass).toList());
        if (!auto.passes().isEmpty()) {
            int phases = auto.phases().size();
            map.put("ratios", IntStream.range(0, phases).mapToObj(auto::ratio).toList());
            map.put("swaps", IntStream.range(0, phases).mapToObj(auto::swaps).toList());
        }
        map.put(
                "unchanging",
                auto.unchanging().stream().map(AdvisorJson::timeline).toList());
        return map;
    }

    private static Map<String, Object> pass(Map<String, Timeline> choices) {
        Map<String, Object> map = new LinkedHashMap<>();
        choices.forEach((choice, timeline) -> map.put(choice, timeline(timeline)));
        return map;
    }

    private static Map<String, Object> timeline(Timeline timeline) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("phases", timeline.phases().stream().map(Phase::text).toList());
        map.put("bytesEachSecond", timeline.bytes());
        map.put(
                "swaps",
                timeline.swaps().stream()
                        .map(swap -> Map.of(
                                "seconds", swap.seconds(), "from", swap.from(), "to", swap.to(), "cause", swap.cause()))
                        .toList());
        map.put("whys", timeline.whys());
        return map;
    }

    private static Map<String, Object> watching(WatchResult watching) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("missing", watching.missing());
        map.put("rates", watching.rates());
        map.put("present", watching.present());
        map.put("before", watching.before());
        if (watching.missing().isEmpty()) {
            map.put("watchedToPlain", ratio(watching.watched()));
            map.put("againToPlain", ratio(watching.noise()));
        }
        return map;
    }
}
