package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the kernel charges this process for registered memory, VmPin in /proc/self/status, beside what is counted. */
final class Charges {
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long counted = RegisteredBuffers.inAllRings();
    private final long charged;

    private Charges(long charged) {
        this.charged = charged;
    }

    /**
     * {@return what there is, as soon as both agree, or it has not changed for a second} Rings of earlier tests may be about
     * to be freed, which takes some tenths of one.
     */
    static Charges settled() throws Exception {
        long last = vmPin();
        long since = System.nanoTime();
        while (last != RegisteredBuffers.inAllRings() && System.nanoTime() - since < SETTLED_NANOS) {
            TimeUnit.MILLISECONDS.sleep(1);
            long now = vmPin();
            since = now == last ? since : System.nanoTime();
            last = now;
        }
        return new Charges(last);
    }

    private static long vmPin() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmPin:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    /** Asserts that since then so much more is registered, in the eyes of both. */
    void grewBy(long registered) throws Exception {
        assertEquals(counted + registered, new AllRings().registeredBytes());
        long end = System.nanoTime() + Rings.LONG;
        while (vmPin() != charged + registered && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertEquals(charged + registered, vmPin());
    }
}
