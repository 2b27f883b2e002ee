package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.core.volume.Gated;
import io.pinion.strategy.Shape;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strategies that are not there, cannot be used, or change what they say of themselves. */
@Timeout(60)
class MissingStrategyTest {
    private static final Publication NOWHERE = new Publication() {
        @Override
        public void publish(Gated volume, Facts facts) {}

        @Override
        public void withdraw(Gated volume) {}
    };

    private final List<StrategyStatus> absent = new CopyOnWriteArrayList<>();
    private final Volumes volumes = new Volumes(NOWHERE, new FileGuard(), present -> List.copyOf(absent));
    private final Admin admin = new Admin(volumes, (pid, strategies) -> {});
    private final String target = "fake:" + Long.toHexString(System.nanoTime());

    @AfterEach
    void close() {
        volumes.close();
    }

    private static StrategyEntry entry(long id, FakeStrategy strategy, Object... keysAndValues) {
        Map<String, Object> said = new HashMap<>(Map.of("pinion.strategy.schemes", "fake"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            said.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new StrategyEntry(StrategyProperties.read(said::get), strategy, id, "bundle " + id);
    }

    private static StrategyEntry named(long id, String name, Object... more) {
        Object[] all = new Object[more.length + 2];
        all[0] = "pinion.strategy";
        all[1] = name;
        System.arraycopy(more, 0, all, 2, more.length);
        return entry(id, new FakeStrategy(Stage.SIZE), all);
    }

    private void configure(String volume, String strategies, String... keysAndValues) {
        Map<String, Object> values = new HashMap<>(Map.of("target", target, "strategy", strategies, "settle", "20ms"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        volumes.configure(Shape.POSITIONAL, volume, volume, values);
    }

    private VolumeStatus status() {
        return admin.volume("v").orElseThrow();
    }

    private void awaitOpen(String strategy) {
        Stage.await(
                strategy + " serves",
                () -> status().state() == VolumeState.OPEN
                        && status().strategy().orElse("").equals(strategy));
    }

    private String problemOf(long id) {
        return admin.strategies().stream()
                .filter(s -> s.provider().equals("bundle " + id))
                .map(StrategyStatus::problem)
                .findFirst()
                .orElseThrow();
    }

    private String why() throws Exception {
        return String.join("\n", admin.why("v"));
    }

    @Test
    void whatOughtToBeThereIsShownAndNamedByWhoeverWantsIt() throws Exception {
        absent.add(new StrategyStatus(
                "sealed",
                "com.example.seal 1.0.0",
                0,
                List.of("fake"),
                Shape.POSITIONAL,
                List.of(),
                "bundle com.example.seal 1.0.0 does not resolve: it is a test"));
        volumes.add(named(1, "plain"));
        configure("v", "sealed,plain");
        awaitOpen("plain");
        assertEquals(
                List.of("plain", "sealed"),
                admin.strategies().stream().map(StrategyStatus::name).toList());
        assertTrue(
                why().contains("Strategy sealed is not there: bundle com.example.seal 1.0.0 does not resolve"), why());
        SwapReport report = admin.swap("v", "sealed");
        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.detail().contains("com.example.seal 1.0.0 does not resolve"), report.detail());
        ConfigurationRefused refused = assertThrows(ConfigurationRefused.class, () -> configure("v", "sealed"));
        assertTrue(refused.getMessage().contains("com.example.seal 1.0.0 does not resolve"), refused.getMessage());
        absent.clear();
        assertTrue(!why().contains("is not there"), why());
    }

    @Test
    void aStrategyWithAWrongPropertyIsNotUsedAndSaysWhich() throws Exception {
        volumes.add(named(1, "plain"));
        volumes.add(named(2, "round", "pinion.strategy.shape", "round"));
        volumes.add(entry(3, new FakeStrategy(Stage.SIZE)));
        configure("v", "round,plain");
        awaitOpen("plain");
        assertTrue(problemOf(2).contains("pinion.strategy.shape=round is refused"), problemOf(2));
        assertTrue(problemOf(3).contains("lacks the property pinion.strategy"), problemOf(3));
        assertTrue(why().contains("strategy=round of bundle 2 cannot be used: pinion.strategy.shape=round"), why());
        assertTrue(admin.swap("v", "round").detail().contains("cannot be used"));
    }

    @Test
    void aTapeStrategyIsNoneForAVolume() throws Exception {
        volumes.add(named(1, "plain"));
        volumes.add(named(2, "reel", "pinion.strategy.shape", "tape"));
        configure("v", "plain");
        awaitOpen("plain");
        String detail = admin.swap("v", "reel").detail();
        assertEquals("strategy=reel is for tape drives; allowed for volumes: plain", detail);
    }

    @Test
    void anUnusableOneShadowsNobodyAndTheElderOfEqualsIsUsed() {
        volumes.add(named(3, "x", "service.ranking", 5, "pinion.strategy.schemes", 7));
        volumes.add(named(2, "x"));
        volumes.add(named(1, "x"));
        configure("v", "x");
        awaitOpen("x");
        assertEquals("", problemOf(1));
        assertEquals(
                "shadowed by bundle 1, which has the same name and service.ranking=0, as this one, and was registered earlier",
                problemOf(2));
    }

    @Test
    void aRankingThatChangesIsHeededAndTheOneThatServesIsNotReopenedForItsOwn() throws Exception {
        FakeStrategy first = new FakeStrategy(Stage.SIZE);
        FakeStrategy second = new FakeStrategy(Stage.SIZE);
        volumes.add(entry(1, first, "pinion.strategy", "x"));
        volumes.add(entry(2, second, "pinion.strategy", "x"));
        configure("v", "x");
        awaitOpen("x");
        volumes.update(entry(1, first, "pinion.strategy", "x", "service.ranking", 5));
        volumes.update(entry(2, second, "pinion.strategy", "x", "service.ranking", 4));
        admin.clearOverride("v");
        assertEquals(1, admin.history("v").size(), "nothing was swapped");
        volumes.update(entry(2, second, "pinion.strategy", "x", "service.ranking", 6));
        Stage.await("the higher ranking serves", () -> second.open.get() == 1 && first.open.get() == 0);
        assertTrue(problemOf(1).startsWith("shadowed by bundle 2"), problemOf(1));
        assertEquals(
                List.of("v"),
                admin.strategies().stream()
                        .filter(s -> s.provider().equals("bundle 2"))
                        .findFirst()
                        .orElseThrow()
                        .volumes());
    }

    @Test
    void aNameOrSchemeThatChangesIsLikeLeavingAndComing() throws Exception {
        FakeStrategy changing = new FakeStrategy(Stage.SIZE);
        volumes.add(entry(1, changing, "pinion.strategy", "x"));
        volumes.add(named(2, "y"));
        configure("v", "x,y");
        awaitOpen("x");
        volumes.update(entry(1, changing, "pinion.strategy", "z"));
        awaitOpen("y");
        assertEquals(0, changing.open.get());
        volumes.update(entry(1, changing, "pinion.strategy", "x"));
        awaitOpen("x");
        volumes.update(entry(1, changing, "pinion.strategy", "x", "pinion.strategy.schemes", "other"));
        awaitOpen("y");
        assertTrue(why().contains("serves targets of scheme other, not fake"), why());
    }

    @Test
    void aStrategyThatComesIsTriedAtOnceHoweverOftenOthersHaveFailed() throws Exception {
        FakeStrategy failing = new FakeStrategy(Stage.SIZE);
        failing.unsuitable = "never";
        volumes.add(entry(1, failing, "pinion.strategy", "x"));
        configure("v", "x,y");
        Stage.await("it has failed", () -> status().reason().contains("never"));
        // Three failures: the next try is in four seconds.
        Stage.await("it has failed for the third time", () -> failing.examined.get() == 3);
        long start = System.nanoTime();
        volumes.add(named(2, "y"));
        awaitOpen("y");
        assertTrue(System.nanoTime() - start < 2_000_000_000L, "it waited for the back-off");
    }

    @Test
    void theSecondConfigurationOfANameIsTakenWhenTheFirstIsDeletedOrRenamed() {
        volumes.add(named(1, "x"));
        configure("v", "x");
        awaitOpen("x");
        assertThrows(ConfigurationRefused.class, () -> configure("second", "x", "name", "v", "target", target + "2"));
        assertEquals(1, admin.refusals().size());
        volumes.delete("v");
        Stage.await("the second is taken", () -> admin.volume("v").isPresent());
        awaitOpen("x");
        assertEquals(target + "2", status().target().toString());
        Stage.await("no refusal is left", () -> admin.refusals().isEmpty());
        assertThrows(ConfigurationRefused.class, () -> configure("third", "x", "name", "v", "target", target + "3"));
        configure("second", "x", "name", "w", "target", target + "2");
        Stage.await("the third is taken", () -> admin.volumes().size() == 2);
        Stage.await("no refusal is left", () -> admin.refusals().isEmpty());
    }

    @Test
    void whatWasRefusedIsNotTriedAgainOnceItWasCorrectedOrDeleted() throws Exception {
        volumes.add(named(1, "x"));
        volumes.add(named(3, "z"));
        configure("v", "x");
        awaitOpen("x");
        assertThrows(ConfigurationRefused.class, () -> configure("v", "y"));
        volumes.add(named(2, "y"));
        awaitOpen("y");
        assertThrows(ConfigurationRefused.class, () -> configure("v", "q"));
        configure("v", "z");
        awaitOpen("z");
        volumes.add(named(4, "q"));
        admin.clearOverride("v");
        assertEquals(List.of("z"), status().preferences());
        Stage.await("no refusal is left", () -> admin.refusals().isEmpty());
    }
}
