package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import io.pinion.volume.StrategyChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asks what could serve a target gets an answer, whoever hangs. */
@Timeout(60)
class SurveyTest {
    private static final Duration BOUND = Duration.ofSeconds(9);

    private final Stage stage = new Stage();
    private final CountDownLatch hang = new CountDownLatch(1);

    @AfterEach
    void close() {
        hang.countDown();
        stage.close();
    }

    @Test
    void strategiesThatHangAreWaitedForTogether() throws Exception {
        stage.a.onExamine = FakeStrategy.waitingFor(hang);
        stage.b.onExamine = FakeStrategy.waitingFor(hang);
        stage.add("c", new FakeStrategy(Stage.SIZE));
        List<StrategyChoice> choices =
                Assertions.assertTimeout(BOUND, () -> stage.pinion.admin().strategies(Target.parse("fake:survey")));
        assertEquals(
                List.of("a", "b", "c"),
                choices.stream().map(StrategyChoice::strategy).toList());
        for (StrategyChoice hanging : choices.subList(0, 2)) {
            String notes = hanging.examination().notes().toString();
            assertTrue(notes.contains("no answer within 5 s"), notes);
        }
        assertTrue(choices.get(2).examination().isSuitable());
    }

    @Test
    void aGuardThatHangsIsNotWaitedForLong(@TempDir Path directory) {
        stage.pinion.guard(new HangingGuard());
        StorageException e = Assertions.assertTimeout(
                BOUND,
                () -> Assertions.assertThrows(
                        StorageException.class,
                        () -> stage.pinion.admin().strategies(Target.of(directory.resolve("x")))));
        assertEquals(Kind.TIMEOUT, e.kind());
    }

    private final class HangingGuard implements TargetGuard {
        @Override
        public TargetInspection inspect(Target target) throws StorageException {
            FakeStrategy.waitingFor(hang).run();
            return TargetInspection.of(TargetInspection.Kind.MISSING, "", 0, Access.READ_ONLY, "");
        }

        @Override
        public Claim claim(Target target, ClaimRequest request) throws StorageException {
            throw FakeStrategy.failure(Kind.NOT_FOUND, "nothing is claimed here");
        }
    }
}
