package io.pinion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.CommandFailure;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    @Test
    void quantiles_are_values_that_occurred() {
        long[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 100};
        assertThat(DemoReport.quantile(values, 0.5)).isEqualTo(5);
        assertThat(DemoReport.quantile(values, 0.99)).isEqualTo(100);
        assertThat(DemoReport.quantile(values, 1)).isEqualTo(100);
        assertThat(DemoReport.quantile(new long[0], 0.5)).isZero();
    }

    @Test
    void options_say_what_they_allow() throws CommandFailure {
        assertThat(DemoOptions.strategies(" buffered, direct,")).containsExactly("buffered", "direct");
        assertThatThrownBy(() -> DemoOptions.strategies(",")).hasMessageContaining("names none");
        assertThat(DemoOptions.strategies("")).isEmpty();
        assertThat(DemoOptions.threads("8")).isEqualTo(8);
        assertThatThrownBy(() -> DemoOptions.threads("many"))
                .hasToString("--threads many: allowed: a whole number from 1 to 256");
        assertThatThrownBy(() -> DemoOptions.seconds("0")).hasMessageContaining("from 1 to");
    }
}
