package io.pinion.advisor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.advisor.Load;
import io.pinion.advisor.Verdict;
import org.junit.jupiter.api.Test;

class ConfigurationLinesTest {
    private final Load deep = Made.load(32, 1 << 20);

    @Test
    void direct_goes_on_by_buffered_and_tells_of_queue_and_pool() {
        assertThat(ConfigurationLines.of(Verdict.DIRECT, deep, "direct", 256L << 20))
                .containsExactly(
                        "strategy = direct,buffered",
                        "# the application asks by a queue: volume.openQueue(32)",
                        "# from and to buffers of the service BufferPool: 32 MiB at once");
    }

    @Test
    void a_pool_that_is_too_small_is_to_be_raised() {
        assertThat(ConfigurationLines.of(Verdict.DIRECT, deep, "block", 16L << 20))
                .startsWith("strategy = block,buffered")
                .last()
                .asString()
                .contains("raise limit in etc/io.pinion.pool.cfg");
    }

    @Test
    void uncached_is_buffered_with_cache_drop() {
        assertThat(ConfigurationLines.of(Verdict.UNCACHED, deep, "direct", 0))
                .contains("strategy = buffered", "# cache = drop");
    }

    @Test
    void nothing_follows_from_what_is_inconclusive() {
        assertThat(ConfigurationLines.of(Verdict.INCONCLUSIVE, deep, "direct", 0))
                .isEmpty();
        assertThat(ConfigurationLines.of(Verdict.STAY_BUFFERED, deep, "direct", 0))
                .containsExactly("strategy = buffered");
    }
}
