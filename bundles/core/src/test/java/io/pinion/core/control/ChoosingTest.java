package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Pinion;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import io.pinion.volume.choice.Candidacy;
import io.pinion.volume.choice.Choosing;
import io.pinion.volume.choice.StrategyChooser;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a chooser can do, and what it can't. */
@Timeout(60)
class ChoosingTest {
    private final Stage stage = new Stage();
    private final Chooser chooser = new Chooser();

    @AfterEach
    void close() {
        stage.close();
    }

    /** Chooses what tests tell it to. */
    private static final class Chooser implements StrategyChooser {
        private final List<Candidacy> begun = new CopyOnWriteArrayList<>();
        private final List<Candidacy> closed = new CopyOnWriteArrayList<>();
        private volatile FakeStrategy.Step onBegin = FakeStrategy.Step.NOTHING;
        private volatile FakeStrategy.Step onReasons = FakeStrategy.Step.NOTHING;

        @Override
        public Choosing begin(Candidacy volume) {
            run(onBegin);
            begun.add(volume);
            return new Choosing() {
                @Override
                public List<String> reasons() {
                    run(onReasons);
                    return List.of("The moon is full.");
                }

                @Override
                public void close() {
                    closed.add(volume);
                }
            };
        }

        private static void run(FakeStrategy.Step step) {
            try {
                step.run();
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        }

        private Candidacy candidacy() {
            Stage.await("the chooser is asked", () -> begun.size() > closed.size());
            return begun.get(begun.size() - 1);
        }
    }

    @Test
    void waitsForAChooserAndThenForItsChoice() throws Exception {
        stage.configure("strategy", "auto");
        Stage.await("it says what it needs", () -> stage.status().reason().contains("needs a StrategyChooser"));
        try (Pinion.Registration there = stage.pinion.chooser(chooser)) {
            Candidacy volume = chooser.candidacy();
            Stage.await("it waits for a choice", () -> stage.status().reason().contains("nothing has been chosen yet"));
            assertEquals(
                    List.of("a", "b"),
                    volume.strategies().stream().map(StrategyChoice::strategy).toList());
            SwapReport report = volume.choose("b", "to begin with");
            assertEquals(Outcome.PUBLISHED, report.outcome(), report.detail());
            assertEquals("auto: to begin with", report.cause());
            assertEquals("b", volume.serving().orElseThrow());
            assertEquals("b", stage.serving());
            assertEquals(List.of("auto"), stage.status().preferences());
            assertTrue(stage.status().override().isEmpty());
            assertTrue(stage.why().contains("It was chosen"), stage.why());
            assertTrue(stage.why().contains("The moon is full."), stage.why());
        }
        assertEquals(1, chooser.closed.size());
        assertEquals("b", stage.serving());
        Stage.await("it says what it needs again", () -> stage.why().contains("needs a StrategyChooser"));
    }

    @Test
    void beginsWithTheFirstOfTheListAndChoosesNothingBesides() throws Exception {
        stage.pinion.chooser(chooser);
        Volume volume = stage.open("strategy", "auto,a");
        assertEquals("a", stage.serving());
        Candidacy candidacy = chooser.candidacy();
        SwapReport report = candidacy.choose("b", "it is nicer");
        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.detail().contains("allowed: a"), report.detail());
        assertEquals(1, volume.write(ByteBuffer.allocate(1), 0));
    }

    @Test
    void whoSwapsByHandOverridesTheChooserUntilThatIsCleared() throws Exception {
        stage.pinion.chooser(chooser);
        stage.open("strategy", "auto,a,b");
        Candidacy volume = chooser.candidacy();
        assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
        assertEquals("b", volume.override().orElseThrow());
        SwapReport report = volume.choose("a", "it is nicer");
        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.detail().contains("by hand"), report.detail());
        stage.pinion.admin().clearOverride("v");
        assertEquals("a", stage.serving());
        assertEquals(Outcome.PUBLISHED, volume.choose("b", "it is nicer").outcome());
        assertEquals("b", stage.serving());
    }

    @Test
    void savingASwapByHandEndsTheChoosing() throws Exception {
        stage.pinion.chooser(chooser);
        stage.open("strategy", "auto,a,b");
        Candidacy volume = chooser.candidacy();
        stage.pinion.admin().swapAndSave("v", "b");
        awaitSaved(volume, "b", "a");
        assertEquals(
                Kind.CLOSED,
                assertThrows(StorageException.class, () -> volume.choose("a", "late"))
                        .kind());
    }

    @Test
    void savingTheFirstOfThoseToChooseFromEndsTheChoosingToo() throws Exception {
        stage.pinion.chooser(chooser);
        stage.open("strategy", "auto,a,b");
        Candidacy volume = chooser.candidacy();
        volume.choose("b", "it is nicer");
        stage.pinion.admin().swapAndSave("v", "a");
        awaitSaved(volume, "a", "b");
        assertEquals("a", stage.serving());
    }

    /** The choosing ends before the volume's status tells what was saved. */
    private void awaitSaved(Candidacy volume, String... preferences) {
        Stage.await("the choosing has ended", () -> chooser.closed.contains(volume));
        Stage.await(
                "what was saved is in effect",
                () -> stage.status().preferences().equals(List.of(preferences)));
    }

    @Test
    void keepsWhatWasChosenWhenAnotherKeyChanges() throws Exception {
        stage.pinion.chooser(chooser);
        stage.open("strategy", "auto,a,b");
        Candidacy volume = chooser.candidacy();
        volume.choose("b", "it is nicer");
        stage.configure("strategy", "auto,a,b", "grace", "19s");
        assertEquals(Outcome.UNCHANGED, volume.choose("b", "still").outcome());
        assertEquals("b", stage.serving());
        assertTrue(chooser.closed.isEmpty());
    }

    @Test
    void whatServesGoesOnUntilSomethingIsChosen() throws Exception {
        stage.open("strategy", "b");
        stage.pinion.chooser(chooser);
        stage.configure("strategy", "auto");
        Candidacy volume = chooser.candidacy();
        assertEquals("b", stage.serving());
        assertEquals(VolumeState.OPEN, stage.status().state());
        assertEquals(Outcome.PUBLISHED, volume.choose("a", "to begin with").outcome());
    }

    @Test
    void aRunningVolumeIsNotGivenToNobody() throws Exception {
        stage.open("strategy", "b");
        StorageException refused = assertThrows(StorageException.class, () -> stage.configure("strategy", "auto"));
        assertTrue(refused.getMessage().contains("io.pinion.advisor"), refused.getMessage());
        assertEquals("b", stage.serving());
    }

    @Test
    void aChooserThatLeavesWhileItWaitsIsTold() throws Exception {
        Pinion.Registration there = stage.pinion.chooser(chooser);
        stage.open("strategy", "auto,a,b", "drain.timeout", "15s");
        Candidacy volume = chooser.candidacy();
        CountDownLatch open = new CountDownLatch(1);
        stage.b.onOpen = FakeStrategy.waitingFor(open);
        CompletableFuture<SwapReport> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return volume.choose("b", "slow");
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        Stage.await("it is being opened", () -> stage.why().contains("open"));
        there.close();
        ExecutionException told = assertThrows(ExecutionException.class, waiting::get);
        assertEquals(Kind.CLOSED, ((StorageException) told.getCause().getCause()).kind());
        open.countDown();
    }

    @Test
    void aChooserThatThrowsOrDoesNotAnswerHarmsNobody() throws Exception {
        chooser.onBegin = () -> {
            throw new IllegalStateException("a defect");
        };
        stage.pinion.chooser(chooser);
        Volume volume = stage.open("strategy", "auto,a,b");
        Stage.await("it is told", () -> stage.why().contains("a defect"));
        assertEquals(1, volume.write(ByteBuffer.allocate(1), 0));
        Chooser silent = new Chooser();
        CountDownLatch never = new CountDownLatch(1);
        silent.onReasons = FakeStrategy.waitingFor(never);
        stage.pinion.chooser(silent);
        silent.candidacy();
        assertTrue(stage.why().contains("no answer within 1 s"), stage.why());
        assertFalse(stage.why().contains("a defect"), stage.why());
        never.countDown();
    }

    @Test
    void endsWithTheVolume() throws Exception {
        stage.pinion.chooser(chooser);
        stage.open("strategy", "auto,a,b");
        Candidacy volume = chooser.candidacy();
        stage.pinion.delete("v");
        Stage.await("the choosing has ended", () -> chooser.closed.contains(volume));
        assertThrows(StorageException.class, () -> volume.choose("b", "late"));
    }
}
