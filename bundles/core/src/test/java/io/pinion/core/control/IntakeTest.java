package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IntakeTest {
    private final Intake intake = new Intake();

    @Test
    void nobodyEntersWhatIsShut() {
        assertTrue(intake.enter());
        intake.leave();
        assertTrue(intake.shut(0));
        assertFalse(intake.enter());
        assertTrue(intake.shut(0), "again");
    }

    @Test
    void whoeverIsInsideIsWaitedFor() {
        assertTrue(intake.enter());
        assertFalse(intake.shut(TimeUnit.MILLISECONDS.toNanos(10)), "no longer than the bound");
        CompletableFuture<Boolean> shut =
                CompletableFuture.supplyAsync(() -> intake.shut(TimeUnit.SECONDS.toNanos(20)));
        assertFalse(intake.enter());
        intake.leave();
        assertTrue(shut.join());
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsTheFlag() {
        assertTrue(intake.enter());
        Thread.currentThread().interrupt();
        assertFalse(intake.shut(TimeUnit.SECONDS.toNanos(20)));
        assertTrue(Thread.interrupted());
    }
}
