package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.direct.BounceSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceSettingsTest {
    private static final BounceSettings HELD = new BounceSettings(64 << 10, 2, false, 4 << 20);

    @Test
    void nothingIsTheDefaultWhateverHeldBefore() {
        Map<String, Object> handed = Map.of(
                "pinion.strategy", "direct",
                "pinion.strategy.schemes", new String[] {"path"},
                "pinion.strategy.shape", "positional",
                "component.name", "x",
                "service.pid", DirectSettings.PID);
        assertEquals(new BounceSettings(512 << 10, 4, true, 4 << 20), HELD.configured(DirectSettings.PID, handed));
        assertEquals(
                BounceSettings.DEFAULT,
                HELD.configured(DirectSettings.PID, Map.of("bounce.size.kib", "", "huge.pages", " ")));
    }

    @Test
    void valuesMayBeTextOrWhatTheyAre() {
        assertEquals(HELD, BounceSettings.DEFAULT.configured(DirectSettings.PID, Settings.SMALL));
        assertEquals(
                HELD,
                BounceSettings.DEFAULT.configured(
                        DirectSettings.PID,
                        Map.of("bounce.size.kib", "64", "bounce.count", " 2 ", "huge.pages", "false")));
    }

    @ParameterizedTest
    @CsvSource({
        "bounce.size.kib, 3, bounce.size.kib=3 is refused, multiples of 64 up to 16384",
        "bounce.size.kib, 16448, bounce.size.kib=16448 is refused, multiples of 64 up to 16384",
        "bounce.size.kib, many, bounce.size.kib=many is refused, multiples of 64 up to 16384",
        "bounce.count, 65, bounce.count=65 is refused, 1 to 64",
        "read.ahead.kib, 63, read.ahead.kib=63 is refused, '0, multiples of 64 up to 16384'",
        "read.ahead.kib, -64, read.ahead.kib=-64 is refused, '0, multiples of 64 up to 16384'",
        "huge.pages, maybe, huge.pages=maybe is refused, 'true, false'",
        "bounce.sise.kib, 128, bounce.sise.kib is unknown, 'the keys bounce.count, bounce.size.kib, huge.pages, read.ahead.kib'"
    })
    void whatIsWrongIsRefusedAsAWholeAndOneWarningSaysWhy(String key, String value, String wrong, String allowed) {
        Map<String, Object> wanted = new HashMap<>(Map.of("bounce.count", 8));
        wanted.put(key, value);
        try (Warnings warnings = new Warnings()) {
            assertSame(HELD, HELD.configured(DirectSettings.PID, wanted));
            assertEquals(
                    List.of("io.pinion.direct: " + wrong + "; allowed: " + allowed
                            + "; it stays bounce.size.kib=64, bounce.count=2, huge.pages=false, read.ahead.kib=4096"),
                    warnings.messages());
        }
    }

    @Test
    void theStrategyIsMadeWhateverItIsHanded() {
        SystemCalls calls = new ScriptedCalls().calls();
        try (Warnings warnings = new Warnings()) {
            DirectStrategy strategy = new DirectStrategy(calls, Map.of("bounce.count", new Object[] {1, "x"}));
            strategy.modified(Map.of("bounce.count", 0));
            assertEquals(2, warnings.messages().size());
            for (String warning : warnings.messages()) {
                assertTrue(
                        warning.endsWith(
                                "it stays bounce.size.kib=512, bounce.count=4, huge.pages=true, read.ahead.kib=4096"),
                        warning);
            }
            strategy.modified(Settings.SMALL);
            strategy.modified(Map.of("huge.pages", "no"));
            assertTrue(warnings.messages()
                    .get(2)
                    .endsWith("it stays bounce.size.kib=64, bounce.count=2, huge.pages=false, read.ahead.kib=4096"));
        }
    }
}
