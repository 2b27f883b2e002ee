package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.uring.Rings.Done;
import io.pinion.linux.uring.Rings.Pipe;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernels, filters and limits refuse, each by its answer. */
class RingSetupTest {
    private static final RingOptions OPTIONS = RingOptions.entries(4).buffers(2);

    private final ScriptedCalls script = new ScriptedCalls();

    @TempDir
    Path directory;

    @BeforeEach
    void needsARing() {
        Rings.open(RingKind.PLAIN, OPTIONS).close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, OWNER_BOUND",
        "0, true, COOPERATIVE",
        "0x3000, false, COOPERATIVE",
        "0x3100, false, PLAIN",
        "0x3300, true, PLAIN"
    })
    void takesTheBestKindThatThereIs(String unknown, boolean shared, RingKind kind) throws Exception {
        ScriptedCalls older = Rings.without(Integer.decode(unknown));
        try (IoUring ring = IoUring.open(older.calls(), shared ? OPTIONS.shared() : OPTIONS)) {
            assertEquals(kind, ring.kind());
            ring.prepare().nop(0, 5);
            assertEquals(List.of(new Done(5, 0)), Rings.complete(ring, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENOSYS, UNSUPPORTED, CONFIG_IO_URING",
        "ENOSYS, UNSUPPORTED, SystemCallFilter=@aio",
        "EPERM, ACCESS_DENIED, seccomp",
        "ENOMEM, MEMORY_LIMIT, LimitMEMLOCK=",
        "EMFILE, NO_RESOURCES, LimitNOFILE=",
        "EINVAL, INVALID_ARGUMENT, EINVAL"
    })
    void saysWhyThereIsNone(Errno errno, Kind kind, String remedy) throws Exception {
        limitLockedMemory();
        script.fail("ioUringSetup", errno);
        refused(kind, remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "ioUringEnter, EPERM, ACCESS_DENIED, io_uring_enter",
        "ioUringEnter, ENOSYS, UNSUPPORTED, io_uring_enter",
        "ioUringRegister, EPERM, ACCESS_DENIED, io_uring_register",
        "ioUringRegister, EACCES, ACCESS_DENIED, io_uring_register"
    })
    void saysWhichCallIsDeniedThoughTheRingIsThere(String call, Errno errno, Kind kind, String name) throws Exception {
        script.fail(call, errno);
        refused(kind, name + ": " + errno);
        refused(kind, "seccomp profile");
    }

    @ParameterizedTest
    @CsvSource({"1, kernel.io_uring_group", "2, sysctl kernel.io_uring_disabled=0", "0, seccomp"})
    void saysWhichSettingForbids(String setting, String remedy) throws Exception {
        Path disabled = Files.writeString(directory.resolve("io_uring_disabled"), setting + "\n");
        StorageException failure = RingFailure.setup(script.calls(), Errno.EPERM.result(), disabled);
        assertEquals(Kind.ACCESS_DENIED, failure.kind());
        assertTrue(failure.getMessage().contains(remedy), failure::getMessage);
    }

    @Test
    void namesNoLimitWhereThereIsNone() {
        script.answer("getrlimit", 1, a -> true, a -> {
            ((ByteBuffer) a[1]).putLong(0, -1);
            return 0;
        });
        script.fail("ioUringSetup", Errno.ENOMEM);
        StorageException failure = assertThrows(StorageException.class, () -> IoUring.open(script.calls(), OPTIONS));
        assertEquals(Kind.NO_RESOURCES, failure.kind());
    }

    @Test
    void needsWaitingWithATimeout() throws Exception {
        script.answer("ioUringSetup", 1, a -> true, a -> {
            int descriptor = script.real().ioUringSetup((int) a[0], (ByteBuffer) a[1]);
            ((ByteBuffer) a[1]).putInt(20, Linux.IORING_FEAT_SINGLE_MMAP | Linux.IORING_FEAT_NODROP);
            return descriptor;
        });
        refused(Kind.UNSUPPORTED, "5.11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mmap", "pipe2", "ioUringRegister"})
    void leavesNothingBehind(String call) throws Exception {
        limitLockedMemory();
        for (int made = 0; made < 3; made++) {
            int skipped = made;
            int[] count = {0};
            ScriptedCalls failing =
                    new ScriptedCalls().fail(call, Integer.MAX_VALUE, a -> count[0]++ >= skipped, Errno.ENOMEM);
            int before = Rings.openDescriptors();
            try {
                IoUring.open(failing.calls(), OPTIONS).close();
            } catch (StorageException e) {
                assertEquals(Errno.ENOMEM.number(), e.errno().orElse(0));
            }
            assertEquals(before, Rings.openDescriptors());
        }
    }

    @Test
    void doesWithoutBuffersOnOlderKernels() throws Exception {
        script.fail("ioUringRegister", 1, a -> (int) a[1] == Linux.IORING_REGISTER_BUFFERS2, Errno.EINVAL);
        try (IoUring ring = IoUring.open(script.calls(), OPTIONS)) {
            assertEquals(0, ring.buffers().slots());
            StorageException failure =
                    assertThrows(StorageException.class, () -> ring.buffers().set(0, 0, 4096));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
        }
    }

    @Test
    void saysWhatRegisteringIsShortOf() throws Exception {
        limitLockedMemory();
        script.fail("ioUringRegister", 1, a -> (int) a[1] == Linux.IORING_REGISTER_BUFFERS_UPDATE, Errno.ENOMEM);
        ByteBuffer memory = Rings.aligned(16384);
        try (IoUring ring = IoUring.open(script.calls(), OPTIONS)) {
            StorageException failure = assertThrows(
                    StorageException.class,
                    () -> ring.buffers().set(0, script.calls().address(memory), 16384));
            assertEquals(Kind.MEMORY_LIMIT, failure.kind());
            String figures = "16 KiB would have to be locked, RLIMIT_MEMLOCK=8192 KiB, registered by this process "
                    + RegisteredBuffers.inAllRings() / 1024 + " KiB;";
            assertTrue(failure.getMessage().contains(figures), failure.getMessage());
            assertTrue(failure.getMessage().contains("ulimit -l"));
        }
    }

    @Test
    void goesOnAfterASignal() throws Exception {
        try (Pipe pipe = new Pipe();
                IoUring ring = IoUring.open(script.calls(), OPTIONS)) {
            script.fail("ioUringEnter", 1, a -> (int) a[1] == 1, Errno.EINTR);
            script.fail("ioUringEnter", 1, a -> (int) a[1] == 0, Errno.EINTR);
            pipe.read(ring, 1);
            assertEquals(0, ring.submit(1, 1_000_000));
            pipe.write();
            assertEquals(1, ring.submit(1, Rings.LONG));
            assertEquals(List.of(new Done(1, 1)), Rings.complete(ring, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EAGAIN", "EBUSY"})
    void keepsWhatTheKernelHasNoMemoryFor(Errno errno) throws Exception {
        try (Pipe pipe = new Pipe();
                IoUring ring = IoUring.open(script.calls(), OPTIONS)) {
            pipe.read(ring, 1);
            ring.submit(0, 0);
            script.fail("ioUringEnter", 4, a -> (int) a[1] == 1, errno);
            ring.prepare().nop(0, 2);
            assertEquals(0, ring.submit(0, 0), "it does not wait");
            assertEquals(0, ring.submit(2, 20_000_000), "nothing completes meanwhile");
            assertEquals(2, ring.pending());
            pipe.write();
            assertEquals(Set.of(new Done(1, 1), new Done(2, 0)), Set.copyOf(Rings.complete(ring, 2)));
            script.fail("ioUringEnter", 1, a -> (int) a[1] == 1, errno);
            ring.prepare().nop(0, 3);
            assertEquals(
                    errno.kind(),
                    assertThrows(StorageException.class, () -> ring.submit(0, 0))
                            .kind(),
                    "nothing is in flight that would help");
        }
    }

    @Test
    void saysWhenTheKernelLostACompletion() throws Exception {
        script.fail("ioUringEnter", Errno.EBADR);
        try (IoUring ring = IoUring.open(script.calls(), OPTIONS)) {
            ring.prepare().nop(0, 1);
            StorageException failure = assertThrows(StorageException.class, () -> ring.submit(1, Rings.LONG));
            assertEquals(Kind.IO_ERROR, failure.kind());
            assertTrue(failure.getMessage().contains("lost it"), failure::getMessage);
        }
    }

    @Test
    void namesTheOptionThatIsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> RingOptions.entries(0));
        assertThrows(IllegalArgumentException.class, () -> RingOptions.entries(32769));
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.completions(3));
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.files(-1));
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> OPTIONS.buffers(16385));
        assertEquals("buffers=16385; allowed: 0 to 16384", failure.getMessage());
    }

    private void limitLockedMemory() {
        script.answer("getrlimit", Integer.MAX_VALUE, a -> true, a -> {
            ((ByteBuffer) a[1]).putLong(0, 8 << 20);
            return 0;
        });
    }

    private void refused(Kind kind, String remedy) throws Exception {
        int before = Rings.openDescriptors();
        StorageException failure = assertThrows(StorageException.class, () -> IoUring.open(script.calls(), OPTIONS));
        assertEquals(kind, failure.kind());
        assertTrue(failure.getMessage().contains(remedy), failure::getMessage);
        assertEquals(before, Rings.openDescriptors());
    }
}
