package io.pinion.advisor.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    private static final int SIZE = 4096;

    private static List<Long> lap(Positions positions) {
        List<Long> lap = new ArrayList<>();
        for (long position = positions.next(); position >= 0; position = positions.next()) {
            lap.add(position);
        }
        return lap;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000, 4096, 70_001})
    void each_block_comes_once_a_lap(int blocks) {
        List<Long> expected =
                LongStream.range(0, blocks).map(block -> block * SIZE).boxed().toList();
        for (long seed = 0; seed < 5; seed++) {
            Positions positions = new Positions(0, (long) blocks * SIZE + 17, SIZE, false, 0, seed);
            assertThat(lap(positions).stream().sorted().toList()).isEqualTo(expected);
            positions.begin();
            assertThat(lap(positions).stream().sorted().toList()).isEqualTo(expected);
        }
    }

    @Test
    void at_random_hardly_one_follows_the_one_before() {
        List<Long> lap = lap(new Positions(0, 10_000L * SIZE, SIZE, false, 0, 42));
        long inOrder = LongStream.range(1, lap.size())
                .filter(index -> lap.get((int) index) == lap.get((int) index - 1) + SIZE)
                .count();

        assertThat(inOrder).isLessThan(100);
    }

    @Test
    void in_order_all_but_one_do() {
        List<Long> lap = lap(new Positions(0, 1000L * SIZE, SIZE, true, 0, 42));
        long inOrder = LongStream.range(1, lap.size())
                .filter(index -> lap.get((int) index) == lap.get((int) index - 1) + SIZE)
                .count();

        assertThat(lap).hasSize(1000).doesNotHaveDuplicates();
        assertThat(inOrder).isGreaterThanOrEqualTo(998);
    }

    @Test
    void one_seed_gives_the_same_positions_and_another_gives_others() {
        assertThat(lap(new Positions(0, 1000L * SIZE, SIZE, false, 0, 7)))
                .isEqualTo(lap(new Positions(0, 1000L * SIZE, SIZE, false, 0, 7)))
                .isNotEqualTo(lap(new Positions(0, 1000L * SIZE, SIZE, false, 0, 8)));
    }

    @Test
    void they_begin_where_they_are_to() {
        assertThat(lap(new Positions(10 * SIZE, 3L * SIZE, SIZE, false, 0, 1)))
                .containsExactlyInAnyOrder(10L * SIZE, 11L * SIZE, 12L * SIZE);
    }

    @Test
    void as_many_are_writes_as_were_asked_for() {
        Positions positions = new Positions(0, 20_000L * SIZE, SIZE, false, 30, 5);
        int writes = 0;
        while (positions.next() >= 0) {
            writes += positions.isWrite() ? 1 : 0;
        }

        assertThat(writes / 20_000.0).isCloseTo(0.3, within(0.02));
    }

    @Test
    void a_span_without_room_for_one_is_refused() {
        assertThatThrownBy(() -> new Positions(0, SIZE - 1, SIZE, false, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("span=4095");
    }
}
