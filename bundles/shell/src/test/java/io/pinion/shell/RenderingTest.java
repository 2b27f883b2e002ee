package io.pinion.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Shape;
import io.pinion.strategy.TransferMeter;
import io.pinion.volume.ConfigurationRefusal;
import io.pinion.volume.LatencySummary;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatistics.Durability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenderingTest {
    @Test
    void volumes_show_what_is_wrong_once() {
        List<String> lines = VolumeTable.lines(
                List.of(Samples.open("a", "direct"), Samples.waiting("bb", "no direct here")),
                List.of(
                        new ConfigurationRefusal("io.pinion.volume~bb", "bb", "size=12 MiX is no size"),
                        new ConfigurationRefusal("io.pinion.volume~c", "c", "target is missing")));
        assertThat(lines)
                .containsExactly(
                        "VOLUME  STATE    STRATEGY  MODE      PREFERS          ACCESS      TARGET",
                        "a       OPEN     direct    O_DIRECT  direct,buffered  read-write  /data/a",
                        "bb      WAITING  -         -         direct           read-only   /data/bb",
                        "bb: no direct here",
                        "bb: size=12 MiX is no size",
                        "refused configuration io.pinion.volume~c: target is missing");
    }

    @Test
    void drives_are_among_them() {
        assertThat(VolumeTable.lines(List.of(Samples.open("a", "direct"), Samples.drive("lto", "tape")), List.of()))
                .containsExactly(
                        "VOLUME, DRIVE  STATE  STRATEGY  MODE      PREFERS          ACCESS      TARGET",
                        "a              OPEN   direct    O_DIRECT  direct,buffered  read-write  /data/a",
                        "lto            OPEN   tape      st        tape             read-write  /dev/nst0");
    }

    @Test
    void no_volumes_is_a_hint() {
        assertThat(VolumeTable.lines(List.of(), List.of()))
                .singleElement()
                .asString()
                .contains("io.pinion.volume-NAME.cfg");
    }

    @Test
    void strategies_show_what_is_wrong_below() {
        List<String> lines = StrategyTable.lines(List.of(
                new StrategyStatus("direct", "b 1", 0, List.of("path"), Shape.POSITIONAL, List.of("a", "bb"), ""),
                new StrategyStatus(
                        "sealed",
                        "com.example.seal 1.0.0",
                        0,
                        List.of("path"),
                        Shape.POSITIONAL,
                        List.of(),
                        "bundle com.example.seal 1.0.0 does not resolve: it imports io.pinion.strategy [1.0.0,1.1.0),"
                                + " Pinion exports 0.1.0; build it against io.pinion.core 0.1"),
                new StrategyStatus("x", "c 2", 7, List.of("tap"), Shape.TAPE, List.of(), "shadowed by d 1")));
        assertThat(lines)
                .containsExactly(
                        "STRATEGY  SHAPE       SCHEMES  RANKING  SERVES  PROVIDER                NOTE",
                        "direct    positional  path           0  a,bb    b 1",
                        "sealed    positional  path           0  -       com.example.seal 1.0.0  see below",
                        "x         tape        tap            7  -       c 2                     see below",
                        "sealed: bundle com.example.seal 1.0.0 does not resolve: it imports io.pinion.strategy"
                                + " [1.0.0,1.1.0), Pinion exports",
                        "0.1.0; build it against io.pinion.core 0.1",
                        "x of c 2: shadowed by d 1");
    }

    @Test
    void choices_show_why_not() {
        Geometry geometry = Geometry.builder()
                .memoryAlignment(512)
                .offsetAlignment(512)
                .lengthAlignment(512)
                .build();
        List<String> lines = StrategyTable.choices(List.of(
                new StrategyChoice(
                        "direct",
                        Examination.suitable("file:1:2", geometry)
                                .capability(Capability.ZERO_COPY)
                                .note("unverified")
                                .build()),
                new StrategyChoice("tape", Examination.unsuitable("/data/a is a file"))));
        assertThat(lines.get(1))
                .contains("yes", "buffer 512, offset 512, length 512", "128 KiB", "zero copy; unverified");
        assertThat(lines.get(2)).contains("no", "/data/a is a file");
    }

    @Test
    void history_has_a_row_per_attempt() {
        List<String> lines = HistoryTable.lines(
                "data",
                List.of(
                        Samples.swap(SwapReport.Outcome.ROLLED_BACK, "drain.timeout=1 s passed"),
                        Samples.swap(SwapReport.Outcome.PUBLISHED, "")));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("rolled back", "drain.timeout=1 s passed");
        assertThat(lines.get(2)).contains("published", "12 ms", "310 µs");
    }

    @Test
    void statistics_name_strategies_and_causes() {
        LatencySummary latency = new LatencySummary(10, 1000, 2000, 3000, 4000, 20_000, List.of());
        List<String> lines = StatisticsReport.lines(
                "data",
                new VolumeStatistics(
                        1000,
                        2000,
                        3,
                        0,
                        4096,
                        8192,
                        1,
                        7,
                        2,
                        Map.of(
                                "direct",
                                new VolumeStatistics.ByStrategy(
                                        3000,
                                        12288,
                                        8192,
                                        4096,
                                        1 << 20,
                                        1_000_000_000,
                                        Map.of("the address is odd", new TransferMeter.Count(5, 4096, 0)))),
                        latency,
                        latency,
                        64,
                        latency,
                        new Durability(Optional.empty(), 0, Optional.empty())));
        assertThat(lines)
                .contains("direct copied 4 KiB in 5 transfers: the address is odd")
                .contains("no flush yet, nothing written since")
                .contains("2 swaps, paused p50 1 µs, p99 2 µs, max 4 µs; 7 operations parked in all")
                .anySatisfy(line -> assertThat(line).contains("reads", "1,000", "4 KiB"))
                .anySatisfy(line -> assertThat(line).contains("direct", "12 KiB", "66.7 %", "1 MiB"));
    }

    @Test
    void statistics_tell_how_long_bytes_have_waited_for_a_flush() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Durability waiting = new Durability(Optional.of(now.minusSeconds(90)), 8192, Optional.of(now.minusSeconds(30)));
        assertThat(StatisticsReport.durability(waiting, now))
                .isEqualTo("last flush 90 s ago, 8 KiB written since, the first 30 s ago");
    }
}
