package io.pinion.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1 KiB", "67108864,64 MiB", "1610612736,1.50 GiB", "130023424,124 MiB"})
    void bytes(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0 ns", "999,999 ns", "1250,1.25 µs", "12345678,12.3 ms", "61000000000,61 s"})
    void nanos(long nanos, String text) {
        assertThat(Units.nanos(nanos)).isEqualTo(text);
    }

    @Test
    void shares_and_speeds_of_nothing_are_dashes() {
        assertThat(Units.percent(0, 0)).isEqualTo("-");
        assertThat(Units.rate(1024, 0)).isEqualTo("-");
        assertThat(Units.percent(1, 3)).isEqualTo("33.3 %");
        assertThat(Units.rate(1 << 20, 500_000_000)).isEqualTo("2 MiB/s");
    }

    @Test
    void one_thing_is_not_several() {
        assertThat(Units.count(1, "swap")).isEqualTo("1 swap");
        assertThat(Units.count(1234, "swap")).isEqualTo("1,234 swaps");
    }
}
