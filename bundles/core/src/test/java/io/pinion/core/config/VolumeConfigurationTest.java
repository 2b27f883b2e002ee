package io.pinion.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.strategy.Access;
import io.pinion.strategy.Shape;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VolumeConfigurationTest {
    private static VolumeConfiguration read(Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(Map.of("target", "/var/data", "strategy", "direct, buffered"));
        all.putAll(more);
        return VolumeConfiguration.from(Shape.POSITIONAL, "data", all);
    }

    @Test
    void readsWithDefaults() {
        VolumeConfiguration c = read(Map.of("service.pid", "io.pinion.volume~data", "felix.fileinstall.filename", "x"));
        assertEquals("data", c.name());
        assertEquals(List.of("direct", "buffered"), c.strategies());
        assertEquals(Access.READ_WRITE, c.access());
        assertEquals(Claiming.EXCLUSIVE, c.claim());
        assertEquals(Duration.ofSeconds(10), c.drainTimeout());
        assertEquals(Duration.ofMillis(5), c.pauseTarget());
        assertTrue(c.createSize().isEmpty());
        assertEquals(Claiming.FORCE, read(Map.of("claim", "force")).claim());
    }

    @Test
    void takesListsInEveryForm() {
        assertEquals(
                List.of("a", "b"),
                read(Map.of("strategy", new String[] {"a", "b"})).strategies());
        assertEquals(
                List.of("a", "b"), read(Map.of("strategy", List.of("a,b", "a"))).strategies());
    }

    @Test
    void leavesTheChoiceToAChooser() {
        VolumeConfiguration alone = read(Map.of("strategy", "auto"));
        assertTrue(alone.auto());
        assertEquals(List.of(), alone.strategies());
        assertEquals(List.of("auto"), alone.preferences());
        assertEquals(List.of("direct"), alone.preferring("direct"));
        VolumeConfiguration among = read(Map.of("strategy", "auto, buffered, direct"));
        assertEquals(List.of("buffered", "direct"), among.strategies());
        assertEquals(List.of("auto", "buffered", "direct"), among.preferences());
        assertEquals(List.of("direct", "buffered"), among.preferring("direct"));
        assertTrue(assertThrows(ConfigurationRefused.class, () -> read(Map.of("strategy", "direct,auto")))
                .getMessage()
                .contains("or auto, alone or before those"));
        Map<String, Object> drive = Map.of("target", "/dev/nst0", "strategy", "auto");
        assertTrue(assertThrows(ConfigurationRefused.class, () -> VolumeConfiguration.from(Shape.TAPE, "t", drive))
                .getMessage()
                .contains("auto is for volumes"));
    }

    @Test
    void takesAnEmptyValueForNone() {
        Map<String, Object> untouched = Map.of(
                "name",
                "",
                "access",
                "",
                "claim",
                "",
                "size",
                " ",
                "drain.timeout",
                "",
                "grace",
                "",
                "settle",
                "",
                "pause.target",
                "");
        assertEquals(read(Map.of()), read(untouched));
        ConfigurationRefused e =
                assertThrows(ConfigurationRefused.class, () -> read(Map.of("strategy", new String[] {""})));
        assertTrue(e.getMessage().startsWith("strategy is missing"), e.getMessage());
    }

    @Test
    void passesOverWhatToolsAdd() {
        assertEquals(
                read(Map.of()),
                read(Map.of("org.apache.karaf.features.configKey", "io.pinion.volume-data", "component.id", 7L)));
    }

    @Test
    void showsWhatIsRefusedReadably() {
        ConfigurationRefused e =
                assertThrows(ConfigurationRefused.class, () -> read(Map.of("access", new String[] {"a", "b"})));
        assertTrue(e.getMessage().startsWith("access=[a, b] is refused"), e.getMessage());
    }

    @Test
    void readsUnits() {
        VolumeConfiguration c = read(Map.of("size", "1.5 GiB", "grace", "2m", "pause.target", "0.5ms"));
        assertEquals(1610612736L, c.createSize().getAsLong());
        assertEquals(Duration.ofMinutes(2), c.grace());
        assertEquals(Duration.ofNanos(500_000), c.pauseTarget());
    }

    @Test
    void refusesWithKeyValueAndWhatIsAllowed() {
        refused("strategi", "direct", "the keys access, claim, drain.timeout, grace, name");
        refused("grace", "30", "ms, s, m or h");
        refused("grace", "-1s", "ms, s, m or h");
        refused("size", "99999999999TiB", "a number of bytes");
        refused("size", "many", "a number of bytes");
        refused("claim", "forced", "[exclusive, force]");
        refused("access", "readwrite", "[read-only, read-write]");
        refused("strategy", " , ", "names of strategies");
        refused("strategy", "direct;buffered", "names of strategies");
        refused("target", " ", "a path");
        refused("name", "a/b", "letters");
    }

    @Test
    void readsTheModeOfADrive() {
        assertEquals(OptionalInt.empty(), drive("").blockSize());
        assertEquals(OptionalInt.of(0), drive("variable").blockSize());
        assertEquals(OptionalInt.of(0), drive("0").blockSize());
        assertEquals(OptionalInt.of(65536), drive("64KiB").blockSize());
        for (String wrong : new String[] {"fixed", "-1", "2GiB"}) {
            ConfigurationRefused e = assertThrows(ConfigurationRefused.class, () -> drive(wrong));
            assertEquals("block.size", e.key());
            assertTrue(e.getMessage().contains("variable, or a number of bytes"), e.getMessage());
        }
        refused("block.size", "512", "the keys access, claim, drain.timeout, grace, name");
    }

    private static VolumeConfiguration drive(String blockSize) {
        return VolumeConfiguration.from(Shape.TAPE, "t", Map.of("target", "/dev/nst0", "block.size", blockSize));
    }

    private static void refused(String key, String value, String allowed) {
        ConfigurationRefused e = assertThrows(ConfigurationRefused.class, () -> read(Map.of(key, value)));
        assertEquals(key, e.key());
        assertTrue(e.getMessage().contains(allowed), e.getMessage());
    }
}
