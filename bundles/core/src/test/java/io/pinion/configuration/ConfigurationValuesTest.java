package io.pinion.configuration;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConfigurationValuesTest {
    private static final String KEY = "key";

    private enum Order {
        UP,
        UP_AND_DOWN
    }

    private static ConfigurationValues value(Object value) {
        return ConfigurationValues.of(Map.of(KEY, value));
    }

    private static void assertRefused(String message, Executable reading) {
        ConfigurationRefused refused = assertThrows(ConfigurationRefused.class, reading);
        assertEquals(message, refused.getMessage());
        assertEquals(KEY, refused.key());
    }

    @Test
    void textIsStrippedAndMayBeAnything() {
        assertEquals(Optional.of("a b"), value(" a b\t").text(KEY));
        assertEquals(Optional.of("5"), value(5L).text(KEY));
        assertEquals(Optional.of("x"), value(new String[] {"x"}).text(KEY));
        assertEquals(Optional.of("x"), value(Arrays.asList(null, "x")).text(KEY));
    }

    @Test
    void whatIsEmptyIsAsGoodAsNone() {
        Map<String, Object> absent = new HashMap<>();
        absent.put(KEY, null);
        for (ConfigurationValues values : List.of(
                ConfigurationValues.of(Map.of()),
                ConfigurationValues.of(absent),
                value(""),
                value("  "),
                value(List.of()),
                value(new String[] {""}))) {
            assertEquals(Optional.empty(), values.text(KEY));
            assertEquals(Optional.empty(), values.read(KEY, Path::of, "a path"));
            assertEquals(7, values.number(KEY, 1, 5, 7));
            assertTrue(values.flag(KEY, true));
            assertFalse(values.flag(KEY, false));
            assertEquals(Order.UP, values.choice(KEY, Order.class, "up"));
            assertEquals(List.of(), values.names(KEY, "names"));
            assertEquals(OptionalLong.empty(), values.size(KEY));
            assertEquals(Duration.ofSeconds(3), values.duration(KEY, "3s"));
            values.refuseUnknown();
        }
    }

    @Test
    void oneValueIsNotSeveral() {
        assertRefused(
                "key=[a, b] is refused; allowed: one value",
                () -> value(new String[] {"a", "b"}).text(KEY));
        assertRefused(
                "key=[1, 2] is refused; allowed: one value",
                () -> value(List.of(1, 2)).number(KEY, 0, 9, 0));
    }

    @Test
    void numbersAreTextOrTypedAndWithinTheirRange() {
        assertEquals(4, value("4").number(KEY, 1, 4, 2));
        assertEquals(4, value(4).number(KEY, 1, 4, 2));
        assertEquals(1, value((short) 1).number(KEY, 1, 4, 2));
        for (Object wrong : new Object[] {0, "5", "99999999999", "4.0", 4.0, true, "many"}) {
            assertRefused(
                    "key=" + wrong + " is refused; allowed: 1 to 4",
                    () -> value(wrong).number(KEY, 1, 4, 2));
        }
    }

    @Test
    void flagsAreTwoWordsOrTyped() {
        assertTrue(value("true").flag(KEY, false));
        assertTrue(value(true).flag(KEY, false));
        assertFalse(value(false).flag(KEY, true));
        assertRefused(
                "key=yes is refused; allowed: true, false", () -> value("yes").flag(KEY, true));
    }

    @Test
    void choicesAreTheConstantsInLowerCase() {
        assertEquals(Order.UP_AND_DOWN, value("up-and-down").choice(KEY, Order.class, "up"));
        for (String wrong : List.of("UP", "up_and_down", "down")) {
            assertRefused(
                    "key=" + wrong + " is refused; allowed: [up, up-and-down]",
                    () -> value(wrong).choice(KEY, Order.class, "up"));
        }
    }

    @Test
    void namesComeInEveryForm() {
        for (Object several : new Object[] {"a, b,a", new String[] {"a", "b"}, List.of("a,", "b")}) {
            assertEquals(List.of("a", "b"), value(several).names(KEY, "names"));
        }
        assertRefused(
                "key=b/c is refused; allowed: some names", () -> value("a,b/c").names(KEY, "some names"));
    }

    @Test
    void sizesAndDurationsHaveUnits() {
        assertEquals(OptionalLong.of(64 << 20), value("64 MiB").size(KEY));
        assertEquals(OptionalLong.of(4096), value(4096).size(KEY));
        assertEquals(Duration.ofMillis(1500), value("1.5s").duration(KEY, "3s"));
        assertRefused(
                "key=-1 is refused; allowed: a number of bytes, or one with KiB, MiB, GiB, TiB, kB, MB, GB or TB",
                () -> value(-1).size(KEY));
        assertRefused(
                "key=30 is refused; allowed: a number with ms, s, m or h, such as 30s",
                () -> value(30).duration(KEY, "3s"));
    }

    @Test
    void othersAreReadByAFunctionOfTheCallers() {
        assertEquals(Optional.of(Path.of("/a")), value("/a").read(KEY, Path::of, "a path"));
        assertRefused(
                "key=noon is refused; allowed: a time", () -> value("noon").read(KEY, LocalTime::parse, "a time"));
        assertRefused("key=/\0 is refused; allowed: a path", () -> value("/\0").read(KEY, Path::of, "a path"));
    }

    @Test
    void whatNobodyAskedForIsRefusedWithWhatIsKnown() {
        ConfigurationValues values = ConfigurationValues.of(Map.of("two", 2, "one", 1, "tow", new String[] {"x"}));
        values.text("two");
        values.text("one");
        values.text("absent");
        ConfigurationRefused refused = assertThrows(ConfigurationRefused.class, values::refuseUnknown);
        assertEquals("tow is unknown; allowed: the keys absent, one, two", refused.getMessage());
        assertEquals("tow", refused.key());
    }

    @Test
    void whatToolsAddIsPassedOver() {
        Map<String, Object> added = Map.of(
                "service.pid", "x",
                "felix.fileinstall.filename", "x",
                "component.id", 5L,
                "org.apache.karaf.features.configKey", "x",
                "osgi.ds.satisfying.condition.target", "(x=y)",
                "keys.target", "(vendor=x)",
                "keys.cardinality.minimum", 1,
                ".private", "x");
        assertDoesNotThrow(() -> ConfigurationValues.of(added).refuseUnknown());
    }

    @Test
    void whatTheComponentDeclaresIsPassedOverByItsWholeName() {
        Map<String, Object> handed = Map.of("vendor", "x", "vendor.name", "y");
        assertDoesNotThrow(() -> ConfigurationValues.of(handed, "vendor").refuseUnknown());
        ConfigurationValues misspelt = ConfigurationValues.of(Map.of("vendors", "x"), "vendor");
        assertThrows(ConfigurationRefused.class, misspelt::refuseUnknown);
    }

    @Test
    void theServicePropertiesOfAStrategyArePassedOverForStrategiesAlone() {
        Map<String, Object> handed = Map.of("pinion.strategy", "sealed", "pinion.strategy.schemes", new String[] {"s"});
        assertDoesNotThrow(() -> ConfigurationValues.ofStrategy(handed).refuseUnknown());
        ConfigurationValues elsewhere = ConfigurationValues.of(handed);
        assertThrows(ConfigurationRefused.class, elsewhere::refuseUnknown);
    }
}
