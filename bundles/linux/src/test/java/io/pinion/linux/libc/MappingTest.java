package io.pinion.linux.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.io.RandomAccessFile;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is mapped stays so as long as somebody is inside, or may come; then it goes, and can be mapped again. */
class MappingTest {
    private static final int COMPILED_AFTER = 20_000;

    @TempDir
    Path directory;

    private final CountDownLatch unreachable = new CountDownLatch(1);
    private volatile boolean warm;

    /** Mapped by this test alone. */
    private static final class Natives {
        static native int getpid();
    }

    @Test
    void unmapsWhenNoCallerIsLeftAndMapsAgain() throws Exception {
        Mapping mapping = new Mapping(Natives.class);
        for (int round = 0; round < 3; round++) {
            Object one = new Object();
            Object other = new Object();
            mapping.use(one);
            mapping.use(other);
            assertEquals(ProcessHandle.current().pid(), Natives.getpid());
            Reference.reachabilityFence(one);
            one = null;
            collect();
            assertEquals(ProcessHandle.current().pid(), Natives.getpid(), "one caller is left");
            Reference.reachabilityFence(other);
            other = null;
            for (int i = 0; i < 100 && isMapped(); i++) {
                collect();
            }
            assertThrows(UnsatisfiedLinkError.class, Natives::getpid);
        }
    }

    /** The last reference to the calls is that of the compiled frame in which the call hangs. */
    @Test
    @Timeout(60)
    void keepsWhatACallIsInside() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        byte[] path = SystemCalls.path(pipe);
        CompletableFuture<Integer> opened = new CompletableFuture<>();
        Thread inside = new Thread(() -> opened.complete(open(path)), "inside");
        inside.start();
        while (inside.isAlive() && !(warm && isInOpen(inside))) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 10; i++) {
            collect();
        }
        assertEquals(1, unreachable.getCount(), "it is reachable while a call is inside");
        // Opened for both, a pipe waits for nobody, should the other end have died.
        try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw")) {
            int descriptor = opened.get(10, TimeUnit.SECONDS);
            assertTrue(descriptor > 0, () -> "open returned " + descriptor);
            assertEquals(0, new LibC().close(descriptor));
        }
        while (!unreachable.await(20, TimeUnit.MILLISECONDS)) {
            System.gc();
        }
    }

    private int open(byte[] path) {
        compile(new LibC(), SystemCalls.path(Path.of("/nowhere/at/all")));
        warm = true;
        return open(observed(), path);
    }

    private LibC observed() {
        LibC calls = new LibC();
        Mapping.whenUnreachable(calls, unreachable::countDown);
        return calls;
    }

    private static void compile(LibC calls, byte[] path) {
        for (int i = 0; i < COMPILED_AFTER; i++) {
            open(calls, path);
        }
    }

    private static int open(LibC calls, byte[] path) {
        return calls.open(path, Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
    }

    private static boolean isInOpen(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getMethodName().equals("open");
    }

    private static boolean isMapped() {
        try {
            Natives.getpid();
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static void collect() throws InterruptedException {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(20);
    }
}
