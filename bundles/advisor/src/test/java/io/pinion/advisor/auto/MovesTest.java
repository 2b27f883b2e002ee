package io.pinion.advisor.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MovesTest {
    private long now = -5;
    private final Moves moves = new Moves(() -> now, () -> 4);

    private void pass(long minutes) {
        now += TimeUnit.MINUTES.toNanos(minutes);
    }

    @Test
    void allowsSoManyAnHour() {
        assertThat(moves.refusal("x")).isEmpty();
        moves.made();
        moves.made();
        assertThat(moves.refusal("x")).isEmpty();
        moves.made();
        assertThat(moves.refusal("x")).isEqualTo("3 swaps were made within an hour, and moves.per.hour is 4");
        pass(60);
        assertThat(moves.refusal("x")).isEmpty();
    }

    @Test
    void putsTheNextTrialForTheSameLoadOffForLongerAndLonger() {
        moves.lost("x");
        assertThat(moves.refusal("x")).contains("the next is in 10 min");
        assertThat(moves.refusal("y")).isEmpty();
        pass(10);
        assertThat(moves.refusal("x")).isEmpty();
        moves.lost("x");
        pass(19);
        assertThat(moves.refusal("x")).contains("in 1 min");
        pass(1);
        assertThat(moves.refusal("x")).isEmpty();
        moves.won("x");
        moves.lost("x");
        pass(10);
        assertThat(moves.refusal("x")).isEmpty();
    }
}
