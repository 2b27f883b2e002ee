package io.pinion.advisor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.advisor.Measured;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final int LARGE = 1 << 20;

    private final Made steady = Made.steady();

    @Test
    void no_difference_is_no_reason() {
        Judgement judgement = Made.judged(steady.of(Way.BUFFERED_COLD, 1000), steady.of(Way.DIRECT_SYNCHRONOUS, 1010));

        assertThat(judgement.verdict()).isEqualTo(Verdict.STAY_BUFFERED);
        assertThat(judgement.reasons().get(0)).isEqualTo("No significant difference: stay buffered.");
    }

    @Test
    void faster_is_one() {
        Judgement judgement = Made.judged(steady.of(Way.BUFFERED_COLD, 1000), steady.of(Way.DIRECT_SYNCHRONOUS, 1500));

        assertThat(judgement.verdict()).isEqualTo(Verdict.DIRECT);
        assertThat(judgement.reasons().get(1)).contains("At 4 KiB direct synchronous does 1.50 times", "buffered cold");
    }

    @Test
    void slower_is_none() {
        Judgement judgement = Made.judged(steady.of(Way.BUFFERED_COLD, 1000), steady.of(Way.DIRECT_SYNCHRONOUS, 700));

        assertThat(judgement.verdict()).isEqualTo(Verdict.STAY_BUFFERED);
        assertThat(judgement.reasons().get(0)).contains("Buffered is better");
    }

    @Test
    void as_fast_for_a_fifth_less_processor_time_is_one() {
        assertThat(cheaper(0.75)).isEqualTo(Verdict.DIRECT);
        assertThat(cheaper(0.85)).isEqualTo(Verdict.STAY_BUFFERED);
    }

    private Verdict cheaper(double cpu) {
        return Made.judged(
                        steady.of(Way.BUFFERED_COLD, 1000),
                        Made.steady().cpu(cpu).of(Way.DIRECT_SYNCHRONOUS, 1000))
                .verdict();
    }

    @Test
    void cheaper_and_slower_is_none() {
        assertThat(Made.judged(
                                steady.of(Way.BUFFERED_COLD, 1000),
                                Made.steady().cpu(0.5).of(Way.DIRECT_SYNCHRONOUS, 930))
                        .verdict())
                .isEqualTo(Verdict.STAY_BUFFERED);
    }

    @Test
    void as_fast_with_less_damage_to_others_is_one() {
        assertThat(gentler(0.5, 0.2)).isEqualTo(Verdict.DIRECT);
        assertThat(gentler(0.5, 0.47)).isEqualTo(Verdict.STAY_BUFFERED);
    }

    private static Verdict gentler(double buffered, double direct) {
        return Made.judged(
                        Made.steady().damage(buffered).of(Way.BUFFERED_COLD, 1000),
                        Made.steady().damage(direct).of(Way.DIRECT_SYNCHRONOUS, 1000))
                .verdict();
    }

    @Test
    void uncached_may_be_the_gentle_one() {
        Judgement judgement = Made.judged(
                Made.steady().damage(0.5).of(Way.BUFFERED_COLD, 1000),
                Made.steady().damage(0.1).of(Way.BUFFERED_UNCACHED, 1000),
                Made.steady().damage(0.5).of(Way.DIRECT_SYNCHRONOUS, 700));

        assertThat(judgement.verdict()).isEqualTo(Verdict.UNCACHED);
        assertThat(judgement.reasons().get(1)).contains("loses 40 points less of its speed");
    }

    @Test
    void of_two_that_win_the_faster_one_does() {
        assertThat(Made.judged(
                                steady.of(Way.BUFFERED_COLD, 1000),
                                steady.of(Way.BUFFERED_UNCACHED, 1200),
                                steady.of(Way.DIRECT_SYNCHRONOUS, 1400))
                        .verdict())
                .isEqualTo(Verdict.DIRECT);
        assertThat(Made.judged(
                                steady.of(Way.BUFFERED_COLD, 1000),
                                steady.of(Way.BUFFERED_UNCACHED, 1400),
                                steady.of(Way.DIRECT_SYNCHRONOUS, 1200))
                        .verdict())
                .isEqualTo(Verdict.UNCACHED);
    }

    @Test
    void equal_at_one_size_and_faster_at_another_is_a_reason() {
        assertThat(crossing(1000).verdict()).isEqualTo(Verdict.DIRECT);
    }

    @Test
    void slower_at_one_size_is_told_as_a_crossover() {
        Judgement judgement = crossing(500);

        assertThat(judgement.verdict()).isEqualTo(Verdict.STAY_BUFFERED);
        assertThat(judgement.reasons().get(0)).contains("Direct synchronous wins at 1 MiB, not at 4 KiB", "--sizes");
    }

    private Judgement crossing(double small) {
        return Made.judged(
                Made.load(1, Made.SIZE, LARGE),
                List.of(
                        steady.of(Way.BUFFERED_COLD, 1000),
                        steady.of(Way.DIRECT_SYNCHRONOUS, small),
                        steady.of(LARGE, Way.BUFFERED_COLD, 1000),
                        steady.of(LARGE, Way.DIRECT_SYNCHRONOUS, 2000)));
    }

    /** One way that is not judged says nothing of those that are. */
    @Test
    void nothing_is_said_when_no_way_that_does_the_load_was_measured() {
        Judgement judgement = Made.judged(
                Made.load(32, 4096),
                List.of(steady.of(Way.BUFFERED_COLD, 1000), steady.of(Way.DIRECT_SYNCHRONOUS, 700)));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().get(0)).contains("could be measured");
    }

    @Test
    void a_load_of_depth_is_judged_by_the_queue() {
        List<Measured> figures = List.of(
                steady.of(Way.BUFFERED_COLD, 1000),
                steady.of(Way.DIRECT_SYNCHRONOUS, 400),
                steady.of(Way.DIRECT_QUEUED, 3000));

        assertThat(Made.judged(Made.load(32), figures).verdict()).isEqualTo(Verdict.DIRECT);
        assertThat(Made.judged(Made.load(1), figures).verdict()).isEqualTo(Verdict.STAY_BUFFERED);
    }

    @Test
    void without_a_pool_ordinary_buffers_are_judged() {
        assertThat(Made.judged(steady.of(Way.BUFFERED_COLD, 1000), steady.of(Way.DIRECT_SYNCHRONOUS_ORDINARY, 1500))
                        .verdict())
                .isEqualTo(Verdict.DIRECT);
    }

    @Test
    void five_rounds_are_inconclusive_whatever_they_say() {
        Made five = Made.steady().rounds(5);
        Judgement judgement = Made.judged(five.of(Way.BUFFERED_COLD, 1000), five.of(Way.DIRECT_SYNCHRONOUS, 5000));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().get(0)).contains("5 of the 6 rounds", "--budget");
    }

    /** One is up when the other is down: between half and twice as fast nothing can be told. */
    @Test
    void noise_that_hides_a_gain_is_inconclusive() {
        Judgement judgement = Made.judged(
                Made.steady().wobbling(0.25).of(Way.BUFFERED_COLD, 1000),
                Made.steady().wobbling(-0.25).of(Way.DIRECT_SYNCHRONOUS, 1000));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().get(0)).contains("a gain of a quarter can't be told from a loss");
    }

    /** Both go up and down together, by more than one is above the other. */
    @Test
    void what_is_faster_within_the_noise_is_inconclusive() {
        Judgement judgement = Made.judged(
                Made.steady().wobbling(0.25).of(Way.BUFFERED_COLD, 1000),
                Made.steady().wobbling(0.25).of(Way.DIRECT_SYNCHRONOUS, 1300));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().get(1)).contains("seems faster, but no more than buffered cold differs");
    }

    @Test
    void noise_that_leaves_no_room_for_a_gain_is_not() {
        assertThat(Made.judged(
                                Made.steady().wobbling(0.02).of(Way.BUFFERED_COLD, 1000),
                                Made.steady().wobbling(-0.02).of(Way.DIRECT_SYNCHRONOUS, 980))
                        .verdict())
                .isEqualTo(Verdict.STAY_BUFFERED);
    }

    @Test
    void where_there_is_nothing_to_choose_it_is_buffered_with_the_reason() {
        Judgement judgement = Made.judged(steady.of(Way.BUFFERED_WARM, 1000));

        assertThat(judgement.verdict()).isEqualTo(Verdict.STAY_BUFFERED);
        assertThat(judgement.reasons()).contains("Not measured: others.");
    }

    @Test
    void what_could_be_chosen_and_was_not_measured_is_inconclusive() {
        Judgement judgement = Judge.judge(
                Made.load(1), Way.BUFFERED_COLD, 0, Set.of(Way.DIRECT_SYNCHRONOUS), List.of(), List.of(), List.of());

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void without_the_buffered_way_that_the_load_would_get_it_is_inconclusive() {
        Judgement judgement = Made.judged(steady.of(Way.BUFFERED_WARM, 1000), steady.of(Way.DIRECT_SYNCHRONOUS, 9000));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons().get(0)).contains("buffered cold");
    }
}
