package io.pinion.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "12 B, 12",
        "8KiB, 8192",
        "64 MiB, 67108864",
        "64 mib, 67108864",
        "1.5 GiB, 1610612736",
        "2MB, 2000000",
        "3 kB, 3000",
        "1TiB, 1099511627776",
        "9223372036854775807, 9223372036854775807"
    })
    void sizesAreInBytes(String text, long bytes) {
        assertEquals(bytes, Units.size(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1 B", "99999999999 GiB", "9223372036854775808", "x", "1 x", "1..5MiB", "5s", "unlimited"})
    void whatIsNoSizeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Units.size(text));
    }

    @Test
    void durationsHaveAUnit() {
        assertEquals(Duration.ofNanos(500_000), Units.duration("0.5ms"));
        assertEquals(Duration.ofSeconds(30), Units.duration("30 s"));
        assertEquals(Duration.ofMinutes(2), Units.duration("2m"));
        assertEquals(Duration.ofHours(1), Units.duration("1h"));
        assertEquals(Duration.ZERO, Units.duration("0s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "-1s", "s", "1 day", "99999999h"})
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Units.duration(text));
    }
}
