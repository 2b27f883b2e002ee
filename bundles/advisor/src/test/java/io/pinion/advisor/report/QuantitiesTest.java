package io.pinion.advisor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.advisor.Interval;
import io.pinion.advisor.Load;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantitiesTest {
    @Test
    void figuresHaveThreeDigitsAndAUnit() {
        assertThat(Quantities.number(29_617)).isEqualTo("29.6 k");
        assertThat(Quantities.number(0.5)).isEqualTo("0.5");
        assertThat(Quantities.number(999.9)).isEqualTo("1.00 k");
        assertThat(Quantities.bytesPerSecond(73.9e6)).isEqualTo("70.5 MiB/s");
        assertThat(Quantities.bytes(-40_960)).isEqualTo("−40.0 KiB");
        assertThat(Quantities.bytes(0)).isEqualTo("0 B");
        assertThat(Quantities.nanos(1_456_000)).isEqualTo("1.46 ms");
        assertThat(Quantities.nanos(1e13)).isEqualTo("10000 s");
        assertThat(Quantities.ratio(1.4)).isEqualTo("1.40 ×");
        assertThat(Quantities.seconds(0.0257)).isEqualTo("0.0257");
        assertThat(Quantities.percent(0.327)).isEqualTo("32.7 %");
        assertThat(Quantities.percent(-0.0001)).isEqualTo("0.0 %");
        assertThat(Quantities.percent(1e300)).isEqualTo("1.00e+302 %");
        assertThat(Quantities.seconds(-1e300)).isEqualTo("-1.00e+300");
        assertThat(Quantities.percent(-0.05)).isEqualTo("−5.0 %");
    }

    @Test
    void whatWasAskedForHasNoZeroesAtItsEnd() {
        assertThat(Quantities.size(512)).isEqualTo("512 B");
        assertThat(Quantities.size(4096)).isEqualTo("4 KiB");
        assertThat(Quantities.size(1536)).isEqualTo("1.5 KiB");
        assertThat(Quantities.size(Integer.MAX_VALUE)).isEqualTo("2 GiB");
        assertThat(Quantities.duration(Duration.ofMillis(5_000))).isEqualTo("5 s");
        assertThat(Quantities.duration(Duration.ofMillis(61_430))).isEqualTo("1 min 1 s");
    }

    @Test
    void whatIsNoNumberIsADash() {
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(List.of(
                            Quantities.number(none),
                            Quantities.bytes(none),
                            Quantities.bytesPerSecond(none),
                            Quantities.nanos(none),
                            Quantities.ratio(none),
                            Quantities.seconds(none),
                            Quantities.percent(none)))
                    .containsOnly("–");
        }
    }

    @Test
    void intervalHasItsUnitOnceWhereItIsTheSame() {
        assertThat(Quantities.range(new Interval(1, 1.27e6, 1.64e6), Quantities::nanos))
                .isEqualTo("1.27 … 1.64 ms");
        assertThat(Quantities.range(new Interval(1, 770e3, 1.13e6), Quantities::nanos))
                .isEqualTo("770 µs … 1.13 ms");
        assertThat(Quantities.range(new Interval(1, 0.894, 1.05), Quantities::ratio))
                .isEqualTo("0.894 … 1.05 ×");
        assertThat(Quantities.range(new Interval(1, 1.02, 1.1), Quantities::seconds))
                .isEqualTo("1.02 … 1.10");
        assertThat(Quantities.range(new Interval(1, Double.NaN, 2), Quantities::ratio))
                .isEmpty();
        assertThat(Quantities.range(new Interval(0, 0, 0), Quantities::bytes)).isEmpty();
    }

    @Test
    void loadIsInWords() {
        assertThat(Quantities.load(new Load(List.of(4096), 0, false, 32, 1 << 30)))
                .isEqualTo("reads, random, depth 32, over 1 GiB");
        assertThat(Quantities.load(new Load(List.of(4096), 30, true, 1, 0)))
                .isEqualTo("70 % reads, 30 % writes, sequential, depth 1, over all of it");
    }
}
