package io.pinion.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {
    @ParameterizedTest
    @CsvSource({
        "memory.warn.percent, 0, 'memory.warn.percent=0 is refused; allowed: 1 to 100'",
        "memory.warn.percent, most, 'memory.warn.percent=most is refused; allowed: 1 to 100'",
        "flush.overdue.seconds, -1, 'flush.overdue.seconds=-1 is refused; allowed: 0 to 2147483647'",
        "flush.overdue, 60, 'flush.overdue is unknown; allowed: the keys flush.overdue.seconds, memory.warn.percent'"
    })
    void what_is_wrong_is_refused_with_key_value_and_what_is_allowed(String key, String value, String message) {
        assertThatThrownBy(() -> Thresholds.from(Map.of(key, value)))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessage(message);
    }

    @Test
    void a_bad_configuration_changes_nothing() {
        ConfiguredThresholds thresholds = new ConfiguredThresholds(Map.of("memory.warn.percent", "50"));
        thresholds.configure(Map.of("memory.warn.percent", "a lot"));
        assertThat(thresholds.now().memoryWarnPercent()).isEqualTo(50);
        thresholds.configure(Map.of("service.pid", HealthSettings.PID));
        assertThat(thresholds.now()).isEqualTo(Thresholds.DEFAULT);
    }

    private static Result memory(long pinned, long limit) {
        MemoryCheck check = new MemoryCheck(new ConfiguredThresholds(Map.of()));
        PagePinner pinner = new Budget(pinned, limit);
        check.bindPinner(pinner);
        return check.execute();
    }

    @Test
    void memory_warns_near_its_limit_with_the_figures_and_the_settings() {
        assertThat(memory(89, 100).getStatus()).isEqualTo(Status.OK);
        assertThat(memory(7 << 20, 0).getStatus()).isEqualTo(Status.OK);
        assertThat(memory(1L << 40, Long.MAX_VALUE).getStatus()).isEqualTo(Status.OK);
        Result result = memory(15 << 20, 16 << 20);
        assertThat(result.getStatus()).isEqualTo(Status.WARN);
        assertThat(result.iterator().next().getMessage())
                .startsWith("pinned=15 MiB of limit=16 MiB, 94 %, which is not below memory.warn.percent=90:")
                .contains("LimitMEMLOCK=", "io.pinion.memory");
    }

    @Test
    void without_a_pinner_there_is_nothing_to_warn_of() {
        MemoryCheck check = new MemoryCheck(new ConfiguredThresholds(Map.of()));
        PagePinner pinner = new Budget(1, 1);
        check.bindPinner(pinner);
        check.unbindPinner(pinner);
        assertThat(check.execute().getStatus()).isEqualTo(Status.OK);
    }

    private record Budget(long pinnedBytes, long limitBytes) implements PagePinner {
        @Override
        public Pin pin(ByteBuffer region, Access access) {
            throw new UnsupportedOperationException();
        }
    }
}
