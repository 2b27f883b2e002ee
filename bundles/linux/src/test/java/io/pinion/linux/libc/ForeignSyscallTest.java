package io.pinion.linux.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The calls that transfers need: by java.lang.foreign where this Java has it, by JNA elsewhere; and right both ways. */
@Timeout(60)
class ForeignSyscallTest {
    private static final int FOREIGN_SINCE = 22;
    private static final int VIRTUAL_SINCE = 21;
    private static final int JAVA = Runtime.version().feature();
    private static final int TIMES = 20_000;
    private static final int ROUNDS = 20;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final SystemCalls calls = new LibC();
    private final ByteBuffer data = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
    private final long address = calls.address(data);

    @Test
    void goesByTheForeignFunctionInterfaceWhereJavaHasIt() {
        String expected = JAVA >= FOREIGN_SINCE
                ? "system calls by java.lang.foreign"
                : "system calls by JNA: Java " + JAVA + " has no java.lang.foreign, 22 has";
        assertEquals(expected, calls.way());
        assertEquals(JAVA >= FOREIGN_SINCE, ForeignSyscall.IS_HAD);
    }

    @Test
    void doesNotAskAPreviewOrWhatHasNone() {
        Module own = ForeignSyscallTest.class.getModule();
        assertEquals("Java 17 has no java.lang.foreign, 22 has", ForeignLinker.refusal(17, own));
        assertEquals("Java 21 has no java.lang.foreign, 22 has", ForeignLinker.refusal(21, own));
    }

    /** The tests' class path has native access; a module that nobody gave it to has none. */
    @Test
    void asksWhetherNativeAccessIsEnabled() {
        Module own = ForeignSyscallTest.class.getModule();
        Module other = java.util.logging.Logger.class.getModule();
        if (JAVA >= FOREIGN_SINCE) {
            assertEquals("", ForeignLinker.refusal(JAVA, own));
            String refusal = ForeignLinker.refusal(JAVA, other);
            assertEquals("native access is not enabled, see --enable-native-access=ALL-UNNAMED", refusal);
        } else {
            assertThrows(LinkageError.class, () -> ForeignLinker.refusal(FOREIGN_SINCE, own), "there is none to ask");
            assertThrows(LinkageError.class, ForeignLinker::new);
        }
    }

    /** A thread that looked at another's errno would soon see another number. */
    @Test
    void tellsEachThreadItsOwnErrorNumber() throws Exception {
        int file = open("file");
        int full = calls.eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK);
        data.putLong(16, address).putLong(24, 8);
        assertEquals(8, calls.write(full, ByteBuffer.allocateDirect(8).putLong(0, -2), 0, 8));
        List<Callable<Void>> failing = List.of(
                failing(Errno.EBADF, () -> calls.pread(-1, address, 8, 0)),
                failing(Errno.EINVAL, () -> calls.pread(file, data, 0, 8, -1)),
                failing(Errno.ESPIPE, () -> calls.pread(full, address, 8, 0)),
                failing(Errno.EFAULT, () -> calls.pwrite(file, 1, 512, 0)),
                failing(Errno.EINVAL, () -> calls.pwrite(file, data, 0, 8, -1)),
                failing(Errno.EOPNOTSUPP, () -> calls.preadv2(file, address + 16, 1, 0, 1 << 30)),
                failing(Errno.EBADF, () -> calls.pwritev2(-1, address, 1, 0, 0)),
                failing(Errno.EBADF, () -> calls.ioUringEnter(-1, 0, 0, 0, 0, 0)),
                failing(Errno.EBADF, () -> calls.ioUringEnter(-1, 0, 0, Linux.IORING_ENTER_EXT_ARG, address, 24)));
        ExecutorService threads = Executors.newFixedThreadPool(failing.size());
        try {
            together(threads, failing);
        } finally {
            threads.shutdown();
            assertEquals(0, calls.close(file));
            assertEquals(0, calls.close(full));
        }
    }

    /** On virtual threads where there are any. */
    @Test
    void servesManyThreads() throws Exception {
        ExecutorService threads = JAVA >= VIRTUAL_SINCE
                ? (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : Executors.newCachedThreadPool();
        int file = open("many");
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(threads.submit(() -> assertEquals(Errno.EBADF.result(), calls.pread(-1, address, 8, 0))));
                all.add(threads.submit(() -> assertEquals(0, calls.pread(file, data, 0, 8, 0))));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdown();
            assertEquals(0, calls.close(file));
        }
    }

    /** Neither what succeeds nor what fails, once compiled; nor the address of a buffer. */
    @Test
    void allocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int file = open("silent");
        ByteBuffer readOnly = data.asReadOnlyBuffer();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > TIMES; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < TIMES; i++) {
                assertEquals(8, calls.pwrite(file, readOnly, 0, 8, 0));
                assertEquals(8, calls.pread(file, data, 0, 8, 0));
                assertTrue(calls.pread(-1, data, 0, 8, 0) < 0);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, calls.close(file));
        assertTrue(least <= TIMES, least + " bytes in " + TIMES + " turns");
    }

    /** The seven words of the call, each of which arrives where it belongs. */
    @Test
    void passesEveryArgument() {
        int file = open("arguments");
        long beyond = 5L << 32;
        data.putLong(0, 0x1122334455667788L)
                .putLong(16, address)
                .putLong(24, 3)
                .putLong(32, address + 5)
                .putLong(40, 3);
        assertEquals(6, calls.pwritev2(file, address + 16, 2, beyond, Linux.RWF_DSYNC));
        assertEquals(6, calls.pread(file, address + 48, 8, beyond));
        for (int i = 0; i < 6; i++) {
            assertEquals(data.get(i < 3 ? i : i + 2), data.get(48 + i));
        }
        assertEquals(beyond + 6, calls.lseek(file, 0, Linux.SEEK_END));
        assertEquals(0, calls.close(file));
    }

    /** Its position does not matter, nor what it is a view of. */
    @Test
    void findsTheBeginningOfABuffer() {
        ByteBuffer view = data.duplicate().position(5).limit(9);
        assertEquals(address, calls.address(view));
        assertEquals(address + 5, calls.address(view.slice()));
        assertEquals(address, calls.address(view.asReadOnlyBuffer()));
        assertEquals(address, calls.address(data.duplicate().position(64)));
        assertEquals(5, view.position());
        assertEquals(9, view.limit());
    }

    /** Of which the address is found by other means. */
    @Test
    void findsTheBeginningOfTheLargestBuffers() {
        int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_NORESERVE;
        long mapped = calls.mmap(0, 1L << 31, Linux.PROT_READ, flags, -1, 0);
        assertTrue(mapped > 0);
        for (int size : new int[] {(1 << 30) - 1, 1 << 30, Integer.MAX_VALUE}) {
            ByteBuffer large = calls.buffer(mapped, size);
            assertEquals(mapped, calls.address(large));
            assertEquals(mapped, calls.address(large.position(size)));
            assertEquals(mapped, calls.address(large.position(size - 1)));
        }
        assertEquals(0, calls.munmap(mapped, 1L << 31));
    }

    private int open(String name) {
        int flags = Linux.O_RDWR | Linux.O_CREAT | Linux.O_CLOEXEC;
        int descriptor = calls.open(SystemCalls.path(directory.resolve(name)), flags, 0600);
        assertTrue(descriptor >= 0);
        return descriptor;
    }

    private static Callable<Void> failing(Errno errno, Callable<? extends Number> call) {
        return () -> {
            for (int i = 0; i < TIMES; i++) {
                assertEquals(errno.result(), call.call().longValue(), errno::name);
            }
            return null;
        };
    }

    private static void together(ExecutorService threads, List<Callable<Void>> tasks) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(tasks.size());
        List<Future<Void>> running = new ArrayList<>();
        for (Callable<Void> task : tasks) {
            running.add(threads.submit(() -> {
                begin.await(10, TimeUnit.SECONDS);
                return task.call();
            }));
        }
        for (Future<Void> one : running) {
            one.get(30, TimeUnit.SECONDS);
        }
    }
}
