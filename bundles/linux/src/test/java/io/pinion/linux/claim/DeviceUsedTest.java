package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Discard;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop device that others use is refused, and by force it is not; as root. */
class DeviceUsedTest {
    private static final int SIZE = 32 << 20;
    private static final ClaimRequest WRITING = ClaimRequest.of(Access.READ_WRITE);
    private static final ClaimRequest READING = ClaimRequest.of(Access.READ_ONLY);

    private final ScriptedCalls script = new ScriptedCalls();
    private final LinuxTargetGuard guard = new LinuxTargetGuard(script.calls());
    private final Deque<AutoCloseable> undo = new ArrayDeque<>();

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private LoopDevice loop;

    @BeforeEach
    void attach() throws Exception {
        loop = attach("image");
    }

    private LoopDevice attach(String name, String... options) throws Exception {
        Path image = directory.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        return attached(image, options);
    }

    private LoopDevice attached(Path file, String... options) throws Exception {
        LoopDevice attached = new LoopDevice(file, options);
        undo.push(attached);
        return attached;
    }

    @AfterEach
    void undo() throws Exception {
        while (!undo.isEmpty()) {
            undo.pop().close();
        }
    }

    private Path format(Path device) throws Exception {
        LoopDevice.run("mkfs.ext4", "-q", "-F", device.toString());
        return device;
    }

    private Path mount(Path device) throws Exception {
        Path point = Files.createTempDirectory(directory, "at");
        LoopDevice.run("mount", device.toString(), point.toString());
        undo.push(() -> LoopDevice.run("umount", point.toString()));
        return point;
    }

    @Test
    void mounted() throws Exception {
        Path point = mount(format(loop.path()));
        String named = loop.name() + " is mounted at " + point;
        refused(loop.path(), WRITING, named + "; umount it");
        refused(loop.path(), READING, named);
        assertTrue(guard.inspect(Target.of(loop.path())).detail().contains(named));
        forced(loop.path(), WRITING, named);
        forced(loop.path(), READING, named);
        try (Claim beside = guard.claim(Target.of(loop.path()), READING.beside())) {
            assertTrue(beside.pageCache().isPresent());
            assertFalse(beside.isForced());
        }
    }

    @Test
    void mountedWhereNobodyLooks() throws Exception {
        format(loop.path());
        Path point = Files.createDirectory(directory.resolve("elsewhere"));
        String holding = "mount " + loop.path() + " " + point + " && echo mounted && cat";
        Process other = new ProcessBuilder("unshare", "--mount", "sh", "-c", holding).start();
        try {
            assertEquals("mounted", other.inputReader(StandardCharsets.UTF_8).readLine());
            String named = loop.name() + " is mounted (ext4) where this process does not see it";
            refused(loop.path(), WRITING, named);
            forced(loop.path(), WRITING, named);
        } finally {
            other.getOutputStream().close();
            other.waitFor();
        }
        guard.claim(Target.of(loop.path()), WRITING).close();
    }

    @Test
    void heldByNobodyWhoIsSeen() {
        script.fail("open", 1, a -> ((int) a[1] & Linux.O_EXCL) != 0, Errno.EBUSY);
        refused(loop.path(), WRITING, "somebody whom this process does not see uses " + loop.name());
    }

    @Test
    void swappedTo() throws Exception {
        LoopDevice.run("mkswap", loop.path().toString());
        LoopDevice.run("swapon", loop.path().toString());
        undo.push(() -> LoopDevice.run("swapoff", loop.path().toString()));
        refused(loop.path(), WRITING, loop.name() + " is swap space; swapoff it");
    }

    @Test
    void withAPartitionInUse() throws Exception {
        LoopDevice whole = attach("whole", "--partscan");
        Path first = whole.partition(1, 2048, 16384);
        Path second = whole.partition(2, 20480, 16384);
        Path point = mount(format(first));
        String named = whole.name() + "p1 is mounted at " + point;
        refused(whole.path(), WRITING, named);
        refused(first, WRITING, named);
        guard.claim(Target.of(second), WRITING).close();
        forced(whole.path(), WRITING, named);
    }

    @Test
    void aPartitionOfOneThatIsHeld() throws Exception {
        LoopDevice whole = attach("whole", "--partscan");
        Path first = whole.partition(1, 2048, 16384);
        try (OtherProcess other = new OtherProcess(whole.path(), Access.READ_WRITE)) {
            assertEquals("CLAIMED", other.answer());
            refused(first, WRITING, whole.name() + " is claimed by process " + other.pid());
        }
    }

    @Test
    void claimedByAnotherProcessWhateverTheForce() throws Exception {
        try (OtherProcess other = new OtherProcess(loop.path(), Access.READ_WRITE)) {
            assertEquals("CLAIMED", other.answer());
            String who = "process " + other.pid() + " (java)";
            refused(loop.path(), WRITING, loop.name() + " is claimed by " + who + "; stop who claimed it");
            refused(loop.path(), WRITING.forced(), loop.name() + " is claimed by " + who);
            refused(loop.path(), READING.forced(), "locked by " + who);
        }
    }

    /** They have no lock in common, and a forced claim has no O_EXCL. */
    @Test
    void claimedInPartByAnotherProcess() throws Exception {
        LoopDevice whole = attach("whole", "--partscan");
        Path first = whole.partition(1, 2048, 16384);
        String second = mount(format(whole.partition(2, 20480, 16384))).toString();
        try (OtherProcess other = new OtherProcess(first, Access.READ_WRITE)) {
            assertEquals("CLAIMED", other.answer());
            refused(whole.path(), WRITING.forced(), whole.name() + "p1 is claimed by process " + other.pid());
        }
        forced(whole.path(), WRITING, "is mounted at " + second);
        try (Claim claim = guard.claim(Target.of(whole.path()), WRITING.forced())) {
            assertTrue(claim.isForced());
            refused(
                    first,
                    WRITING,
                    whole.name() + " is claimed by process "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void openedByOneWhoWantsItAlone() throws Exception {
        int flags = Linux.O_RDWR | Linux.O_EXCL | Linux.O_CLOEXEC;
        int stranger = script.real().open(SystemCalls.path(loop.path()), flags, 0);
        assertTrue(stranger >= 0);
        undo.push(() -> script.real().close(stranger));
        String pid = "process " + ProcessHandle.current().pid();
        refused(loop.path(), WRITING, loop.name() + " is open by " + pid);
        forced(loop.path(), WRITING, "nobody who is seen from here");
    }

    /** O_EXCL does not see these. */
    @Test
    void byWayOfAnotherLoopDevice() throws Exception {
        LoopDevice upper = attached(loop.path());
        guard.claim(Target.of(loop.path()), WRITING).close();
        Path point = mount(format(upper.path()));
        String named = upper.name() + " is mounted at " + point;
        refused(loop.path(), WRITING, named);
        assertTrue(guard.inspect(Target.of(loop.path())).detail().contains(loop.name() + " is behind " + upper.name()));
        forced(loop.path(), WRITING, named);
    }

    @Test
    void behindALoopDevice() throws Exception {
        LoopDevice upper = attached(loop.path(), "--partscan");
        Path first = upper.partition(1, 2048, 16384);
        Path point = mount(format(upper.partition(2, 20480, 16384)));
        guard.claim(Target.of(first), WRITING).close();
        LoopDevice.run("umount", point.toString());
        undo.pop();
        String named = loop.name() + " is mounted at " + mount(format(loop.path()));
        refused(upper.path(), WRITING, named);
        refused(first, WRITING, named);
    }

    @Test
    void readOnlyOrNoDeviceWhateverTheForce() throws Exception {
        LoopDevice readOnly = attach("read-only", "--read-only");
        assertEquals(Kind.READ_ONLY, failure(readOnly.path(), WRITING.forced()).kind());
        assertEquals(Kind.WRONG_TYPE, failure(directory, WRITING.forced()).kind());
    }

    @Test
    void byAKernelThatKeepsWritersOut() {
        script.fail("open", 2, a -> ((int) a[1] & Linux.O_ACCMODE) == Linux.O_RDWR, Errno.EBUSY);
        refused(loop.path(), WRITING.forced(), "bdev_allow_write_mounted=0");
    }

    @Test
    void notAtAllAndForceHasNothingToDo() throws Exception {
        try (Claim claim = guard.claim(Target.of(loop.path()), WRITING.forced())) {
            assertFalse(claim.isForced());
            assertTrue(claim.notes().isEmpty(), claim.notes().toString());
            refused(loop.path(), WRITING.forced(), "claimed by process");
            int flags = Linux.O_RDONLY | Linux.O_EXCL | Linux.O_CLOEXEC;
            assertEquals(Errno.EBUSY.result(), script.real().open(SystemCalls.path(loop.path()), flags, 0));
        }
    }

    @Test
    void discardsBesideOthersAreTheKernelsToRefuse() throws Exception {
        mount(format(loop.path()));
        try (Claim claim = guard.claim(Target.of(loop.path()), WRITING.forced())) {
            Discard discard = claim.adapt(Discard.class).orElseThrow();
            script.fail("ioctl", 1, a -> a[1].equals(Linux.BLKDISCARD), Errno.EBUSY);
            StorageException failure = assertThrows(StorageException.class, () -> discard.discard(SIZE / 2, 4096));
            assertEquals(Kind.IN_USE, failure.kind());
            assertTrue(failure.getMessage().contains("others use " + loop.name()), failure.getMessage());
        }
    }

    private void refused(Path device, ClaimRequest request, String words) {
        StorageException failure = failure(device, request);
        assertEquals(Kind.IN_USE, failure.kind());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    private StorageException failure(Path device, ClaimRequest request) {
        return assertThrows(
                StorageException.class,
                () -> guard.claim(Target.of(device), request).close());
    }

    private void forced(Path device, ClaimRequest request, String words) throws StorageException {
        try (Claim claim = guard.claim(Target.of(device), request.forced())) {
            assertTrue(claim.isForced());
            String notes = String.join(" ", claim.notes());
            assertTrue(notes.contains("claim=force"), notes);
            assertTrue(notes.contains(words), notes);
            assertTrue(claim.toString().contains("forced"), claim.toString());
        }
    }
}
