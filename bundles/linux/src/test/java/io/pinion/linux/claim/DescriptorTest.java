package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    private final ScriptedCalls script = new ScriptedCalls();
    private final Descriptor descriptor = new Descriptor(
            script.calls(),
            script.real().open(SystemCalls.path(Path.of("/dev/null")), Linux.O_RDONLY | Linux.O_CLOEXEC, 0));

    @Test
    void staysOpenUntilTheLastCallIsBack() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        script.answer("fdatasync", 1, a -> true, a -> {
            inside.countDown();
            assertTrue(go.await(30, TimeUnit.SECONDS));
            return script.real().fcntl((int) a[0], Linux.F_GETFD, 0);
        });
        CompletableFuture<Long> flush = CompletableFuture.supplyAsync(() -> {
            try {
                return descriptor.call("flush", script.calls()::fdatasync);
            } catch (StorageException e) {
                throw new AssertionError(e);
            }
        });
        assertTrue(inside.await(30, TimeUnit.SECONDS));
        descriptor.close();
        assertTrue(descriptor.isClosed());
        assertFalse(script.made().contains("close"));
        StorageException late =
                assertThrows(StorageException.class, () -> descriptor.call("flush", script.calls()::fdatasync));
        assertEquals(Kind.CLOSED, late.kind());
        go.countDown();
        assertEquals(Linux.FD_CLOEXEC, flush.get(30, TimeUnit.SECONDS));
        assertEquals(1, script.made().stream().filter("close"::equals).count());
        descriptor.close();
        assertEquals(1, script.made().stream().filter("close"::equals).count());
    }

    @Test
    void hasNoNumberOnceClosed() {
        descriptor.close();
        assertThrows(IllegalStateException.class, descriptor::number);
        assertThrows(IllegalStateException.class, descriptor::path);
    }
}
