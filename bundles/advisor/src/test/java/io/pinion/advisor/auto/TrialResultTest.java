package io.pinion.advisor.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialResultTest {
    private final Random random = new Random(3);

    /** Ticks that do so much, give or take a few per cent. */
    private List<Tick> ticks(int count, double bytes, double latency, double cpu) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ticks.add(tick(noisy(bytes), noisy(cpu), OptionalDouble.of(noisy(latency))));
        }
        return ticks;
    }

    /** Ticks in which no operation was seen. */
    private List<Tick> blind(int count) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ticks.add(tick(noisy(1e8), noisy(1e7), OptionalDouble.empty()));
        }
        return ticks;
    }

    private static Tick tick(long bytes, long cpu, OptionalDouble latency) {
        return new Tick("s", 500_000_000, 100, bytes, 0, cpu, latency, 0, OptionalDouble.empty(), 0);
    }

    private long noisy(double value) {
        return (long) (value * (0.97 + random.nextDouble() * 0.06));
    }

    private TrialResult trial(double bytes, double latency, double cpu) {
        return TrialResult.of(ticks(Course.SEEN, 1e8, 1e6, 1e7), ticks(Course.TRIAL, bytes, latency, cpu));
    }

    @Test
    void aFasterOneIsBetter() {
        assertThat(trial(1.3e8, 0.8e6, 1.3e7).better()).isTrue();
    }

    @Test
    void oneThatIsAsFastIsNot() {
        assertThat(trial(1e8, 1e6, 1e7).better()).isFalse();
        assertThat(trial(1.04e8, 0.97e6, 1e7).better()).isFalse();
    }

    @Test
    void aSlowerOneIsNotHoweverCheap() {
        assertThat(trial(0.7e8, 1.4e6, 0.1e7).better()).isFalse();
    }

    @Test
    void oneThatIsAsFastAndQuickerOrCheaperIsBetter() {
        assertThat(trial(1e8, 0.5e6, 1e7).better()).isTrue();
        assertThat(trial(1e8, 1e6, 0.5e7).better()).isTrue();
    }

    @Test
    void aWinThatDoesNotLastIsNone() {
        List<Tick> during = ticks(Course.TRIAL / 2, 3e8, 0.3e6, 1e7);
        during.addAll(ticks(Course.TRIAL / 2, 0.6e8, 1.6e6, 1e7));
        assertThat(TrialResult.of(ticks(Course.SEEN, 1e8, 1e6, 1e7), during).better())
                .isFalse();
    }

    @Test
    void whatIsNotSeenIsNotQuicker() {
        TrialResult result = TrialResult.of(ticks(Course.SEEN, 1e8, 1e6, 1e7), blind(Course.TRIAL));
        assertThat(result.better()).isFalse();
        assertThat(result.words()).contains("latency unknown");
        assertThat(TrialResult.of(blind(Course.SEEN), ticks(Course.TRIAL, 1e8, 1e6, 1e7))
                        .better())
                .isFalse();
    }

    @Test
    void whatIsHardlySeenIsNotClearlyQuicker() {
        List<Tick> before = blind(Course.SEEN - 2);
        before.addAll(ticks(2, 1e8, 1e6, 1e7));
        assertThat(TrialResult.of(before, ticks(Course.TRIAL, 1e8, 0.5e6, 1e7)).better())
                .isFalse();
        List<Tick> during = blind(Course.TRIAL - 5);
        during.addAll(ticks(5, 1e8, 0.5e6, 1e7));
        assertThat(TrialResult.of(ticks(Course.SEEN, 1e8, 1e6, 1e7), during).better())
                .isTrue();
    }

    @Test
    void saysTheFigures() {
        assertThat(TrialResult.of(List.of(tick(100)), List.of(tick(200), tick(200)))
                        .words())
                .isEqualTo("speed 2.00, latency 1.00, processor time for a byte 0.50 times what it was");
    }

    private static Tick tick(long bytes) {
        return new Tick("s", 1_000_000_000, 1, bytes, 0, 100, OptionalDouble.of(10), 0, OptionalDouble.empty(), 0);
    }
}
