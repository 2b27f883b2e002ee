package io.pinion.memory.mlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.PagePinner.Access;
import io.pinion.memory.Pin;
import io.pinion.memory.PinStatus;
import io.pinion.memory.PinTotals;
import io.pinion.memory.PinnedPage;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the kernel where it shows the truth: VmLck in /proc/self/status is what it has locked. */
class MlockPinnerTest {
    private static final long HUGE = 2 << 20;
    private static final String USER = "com.example.ledger";

    @TempDir
    Path directory;

    private static Map<String, Object> limit(Object limit) {
        return Map.of("limit", limit);
    }

    private final SystemCalls calls = new LibC();
    private final int page = calls.pageSize();

    private final LockedPages locked = new LockedPages();

    private MlockPinner pinner(String limit) {
        configure(limit(limit));
        return new MlockPinner(calls, USER, locked, new ProcessStatus(calls));
    }

    private void configure(Map<String, Object> properties) {
        PinLimit.configure(locked, properties);
    }

    /** {@return a pinner whose process has that status and RLIMIT_MEMLOCK, and whose mlock is not the kernel's} */
    private MlockPinner pretending(RecordingCalls recording, String status, long limit) throws IOException {
        Path file = Files.writeString(directory.resolve("status"), status);
        recording.answers.put("getrlimit", a -> {
            ((ByteBuffer) a[1]).putLong(0, limit).putLong(8, limit);
            return RecordingCalls.DONE;
        });
        SystemCalls pretended = recording.calls();
        configure(limit(""));
        return new MlockPinner(pretended, USER, locked, new ProcessStatus(pretended, file));
    }

    static long locked() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmLck:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theKernelHasLockedWhatIsPinned() throws IOException {
        MlockPinner pinner = pinner("");
        ByteBuffer region =
                ByteBuffer.allocateDirect(64 * page).alignedSlice(page).limit(40 * page);
        long before = locked();
        Pin whole = pinner.pin(region, Access.WRITE);
        assertEquals(before + 40 * page, locked());
        assertEquals(40 * page, pinner.pinnedBytes());
        Pin part = pinner.pin(region.slice(page + 1, page), Access.READ);
        assertEquals(before + 40 * page, locked());
        whole.close();
        whole.close();
        assertEquals(before + 2 * page, locked());
        part.close();
        assertEquals(before, locked());
        assertEquals(0, pinner.pinnedBytes());
        assertSame(region, whole.region());
        assertEquals(40 * page, region.remaining());
    }

    @Test
    void pinsOutliveTheServiceAndTheNextOneCountsThem() throws IOException {
        SystemCalls same = calls;
        ByteBuffer region = ByteBuffer.allocateDirect(3 * page).alignedSlice(page);
        long before = locked();
        Pin old = new MlockPinner(same, USER).pin(region, Access.READ);
        MlockPinner next = new MlockPinner(same, USER);
        next.pin(region, Access.READ).close();
        assertEquals(before + region.capacity(), locked());
        assertEquals(region.capacity(), next.pinnedBytes());
        old.close();
        assertEquals(before, locked());
    }

    @Test
    void listsWhoPinsWhatAndSinceWhen() throws StorageException {
        MlockPinner pinner = pinner("");
        MlockPinner other = new MlockPinner(calls, "org.other", locked, new ProcessStatus(calls));
        ByteBuffer region = ByteBuffer.allocateDirect(4 * page).alignedSlice(page);
        long address = calls.address(region);
        Instant before = Instant.now();
        try (Pin plain = pinner.pin(region.slice(1, page), Access.READ);
                Pin named = other.pin(region.slice(0, page), Access.WRITE, "the index")) {
            List<PinStatus> pins = pinner.pins();
            assertEquals(
                    List.of(
                            USER + ": 0x" + Long.toHexString(address) + "+" + 2 * page,
                            "org.other: the index: 0x" + Long.toHexString(address) + "+" + page),
                    pins.stream().map(PinStatus::toString).toList());
            assertTrue(pins.stream().noneMatch(pin -> pin.since().isBefore(before)));
            assertEquals(2, pins.get(0).pages().size());
            assertEquals(2 * page, pinner.totals().pinned(), "each page once");
            plain.close();
            assertEquals(List.of(), pins.get(0).pages());
            assertEquals(1, pinner.pins().size(), named::toString);
        }
        assertEquals(List.of(), pinner.pins());
    }

    @Test
    void totalsAgreeWithTheKernels() throws IOException {
        MlockPinner pinner = pinner("1GiB");
        ByteBuffer region = ByteBuffer.allocateDirect(9 * page).alignedSlice(page);
        PinTotals before = pinner.totals();
        try (Pin pin = pinner.pin(region, Access.READ)) {
            PinTotals totals = pinner.totals();
            assertEquals(region.capacity(), totals.pinned(), pin::toString);
            assertEquals(
                    before.locked().orElseThrow() + region.capacity(),
                    totals.locked().orElseThrow());
            assertEquals(1 << 30, totals.budget());
            assertTrue(totals.registered().isPresent());
            assertTrue(totals.resourceLimit().isPresent());
        }
        MlockPinner exempt = pretending(new RecordingCalls(), "VmPin:\t  64 kB\nCapEff:\t0000000000004000\n", 8 << 20);
        assertTrue(exempt.totals().isExempt());
        assertEquals(65536, exempt.totals().registered().orElseThrow());
        assertTrue(exempt.totals().locked().isEmpty());
        assertEquals(8 << 20, exempt.totals().resourceLimit().orElseThrow());
    }

    @Test
    void refusesWhatCannotBePinned() {
        MlockPinner pinner = pinner("");
        ByteBuffer direct = ByteBuffer.allocateDirect(page);
        assertKind(Kind.INVALID_ARGUMENT, pinner, ByteBuffer.allocate(10), Access.READ);
        assertKind(Kind.INVALID_ARGUMENT, pinner, direct.slice(0, 0), Access.READ);
        assertKind(Kind.INVALID_ARGUMENT, pinner, direct.asReadOnlyBuffer(), Access.WRITE);
        assertEquals(0, pinner.pinnedBytes());
    }

    @Test
    void memoryThatIsMappedForReadingIsPinnedForThatAlone() throws StorageException {
        long address = calls.mmap(0, page, Linux.PROT_READ, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, -1, 0);
        MlockPinner pinner = pinner("");
        ByteBuffer region = calls.buffer(address, page);
        pinner.pin(region, Access.READ).close();
        assertKind(Kind.INVALID_ARGUMENT, pinner, region, Access.WRITE);
        assertEquals(0, pinner.pinnedBytes());
        calls.munmap(address, page);
    }

    @Test
    void aConfiguredLimitHolds() throws IOException {
        MlockPinner pinner = pinner("64 KiB");
        assertTrue(pinner.limitBytes() <= 65536);
        ByteBuffer region = ByteBuffer.allocateDirect(30 * page).alignedSlice(page);
        long before = locked();
        Pin first = pinner.pin(region.slice(0, 12 * page), Access.READ);
        StorageException e = assertKind(Kind.MEMORY_LIMIT, pinner, region.slice(0, 20 * page), Access.READ);
        assertEquals(
                "pin: 80 KiB exceed the limit: pinned 48 KiB, limit=64 KiB; raise limit in io.pinion.memory",
                e.getMessage());
        assertEquals(before + 12 * page, locked());
        configure(limit("nonsense"));
        assertKind(Kind.MEMORY_LIMIT, pinner, region.slice(0, 20 * page), Access.READ);
        configure(limit("96 KiB"));
        pinner.pin(region.slice(0, 20 * page), Access.READ).close();
        first.close();
        assertEquals(before, locked());
    }

    @Test
    void theLimitOfTheSystemIsNamedWithItsRemedy() throws IOException {
        RecordingCalls recording = new RecordingCalls();
        String status = "VmLck:\t    7680 kB\nCapEff:\t0000000000000000\n";
        MlockPinner pinner = pretending(recording, status, 8 << 20);
        assertEquals(8 << 20, pinner.limitBytes());
        recording.answers.put("mlock", a -> Errno.ENOMEM.result());
        ByteBuffer region =
                ByteBuffer.allocateDirect((16 << 20) + page).alignedSlice(page).limit(16 << 20);
        StorageException e = assertKind(Kind.MEMORY_LIMIT, pinner, region, Access.READ);
        assertEquals(
                "pin: mlock of 16 MiB failed: ENOMEM; locked 7.5 MiB, RLIMIT_MEMLOCK=8 MiB;"
                        + " raise it with LimitMEMLOCK= or ulimit -l",
                e.getMessage());
        assertKind(Kind.NO_RESOURCES, pinner, ByteBuffer.allocateDirect(page), Access.READ);
    }

    /** Less would be refused as well, unless it is the limit that is 0. */
    @Test
    void whatAFilterDeniesIsNoMatterOfSize() throws IOException {
        RecordingCalls recording = new RecordingCalls();
        MlockPinner pinner = pretending(recording, "CapEff:\tffffffffffffffff\n", 8 << 20);
        recording.answers.put("mlock", a -> Errno.EPERM.result());
        ByteBuffer region = ByteBuffer.allocateDirect(page);
        StorageException e = assertKind(Kind.ACCESS_DENIED, pinner, region, Access.READ);
        assertTrue(e.getMessage().contains("EPERM"), e.getMessage());
        assertTrue(e.getMessage().contains("seccomp filter"), e.getMessage());
        MlockPinner nothing = pretending(recording, "CapEff:\t0000000000000000\n", 0);
        e = assertKind(Kind.MEMORY_LIMIT, nothing, region, Access.READ);
        assertTrue(e.getMessage().contains("LimitMEMLOCK="), e.getMessage());
    }

    @Test
    void aHostWithoutAContainerConfiguresIt() {
        MlockPinner pinner = pinner("");
        pinner.configure(limit("64 KiB"));
        assertTrue(pinner.limitBytes() <= 65536);
        assertKind(Kind.MEMORY_LIMIT, pinner, ByteBuffer.allocateDirect(65536 + page), Access.READ);
        pinner.configure(Map.of());
        assertEquals(Long.MAX_VALUE, locked.limit());
    }

    @Test
    void withTheCapabilityThereIsNoLimitButTheConfigured() throws IOException {
        MlockPinner pinner = pretending(new RecordingCalls(), "CapEff:\t0000000000004000\n", 8 << 20);
        assertEquals(Long.MAX_VALUE, pinner.limitBytes());
        configure(limit("1 GiB"));
        assertEquals(1 << 30, pinner.limitBytes());
        MlockPinner plain = pretending(new RecordingCalls(), "CapEff:\tffffffffffffbfff\n", -1);
        assertEquals(Long.MAX_VALUE, plain.limitBytes());
    }

    /** The kernel's own word: an ordinary user is refused, CAP_IPC_LOCK is not. */
    @Test
    void moreThanTheResourceLimitIsForThePrivilegedAlone() throws IOException {
        long limit = new ProcessStatus(calls).resourceLimit();
        assumeTrue(limit <= 64 << 20, () -> "needs a low RLIMIT_MEMLOCK, not " + Bytes.text(limit));
        ByteBuffer region = ByteBuffer.allocateDirect((int) limit + page);
        MlockPinner pinner = pinner("");
        if (pinner.limitBytes() == Bytes.UNLIMITED) {
            try (Pin pin = pinner.pin(region, Access.READ)) {
                assertTrue(locked() > limit, pin::toString);
            }
        } else {
            StorageException e = assertKind(Kind.MEMORY_LIMIT, pinner, region, Access.READ);
            assertTrue(e.getMessage().contains("RLIMIT_MEMLOCK=" + Bytes.text(limit)), e.getMessage());
        }
    }

    @Test
    void showsThePages() throws StorageException {
        ByteBuffer region =
                ByteBuffer.allocateDirect(5 * page).alignedSlice(page).limit(3 * page);
        try (Pin pin = pinner("").pin(region, Access.WRITE)) {
            List<PinnedPage> pages = pin.pages();
            assertEquals(3, pages.size());
            assertEquals(calls.address(region) + page, pages.get(1).address());
            assertTrue(pages.stream().allMatch(p -> p.size() == page));
            boolean root = System.getProperty("user.name").equals("root");
            assertTrue(!root || pages.stream().allMatch(p -> p.frame().isPresent()), pages::toString);
            pin.close();
            assertEquals(List.of(), pin.pages());
        }
    }

    @Test
    void showsHugePagesAsOne() throws StorageException {
        int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
        long mapped = calls.mmap(0, 3 * HUGE, Linux.PROT_READ | Linux.PROT_WRITE, flags, -1, 0);
        long arena = mapped + HUGE - 1 & -HUGE;
        calls.madvise(arena, HUGE, Linux.MADV_HUGEPAGE);
        ByteBuffer region = calls.buffer(arena, (int) HUGE);
        try (Pin pin = pinner("").pin(region, Access.WRITE)) {
            List<PinnedPage> pages = pin.pages();
            assumeTrue(pages.size() == 1, "needs a free huge page, and PAGEMAP_SCAN (Linux 6.7)");
            assertEquals(HUGE, pages.get(0).size());
        } finally {
            calls.munmap(mapped, 3 * HUGE);
        }
    }

    @Test
    void aConfigurationThatIsRefusedChangesNothingAndOneWarningSaysWhy() throws IOException {
        MlockPinner pinner = pretending(new RecordingCalls(), "CapEff:\t000001ffffffffff\n", 0);
        String keys = "; allowed: the keys limit; it stays limit=";
        String amounts = "; allowed: " + Bytes.ALLOWED + "; it stays limit=";
        try (Warnings warnings = new Warnings()) {
            configure(Map.of("limit", "1MiB", "limits", "2MiB"));
            assertEquals(Long.MAX_VALUE, pinner.limitBytes());
            configure(limit(8192));
            configure(limit("8 apples"));
            configure(limit(-1));
            assertEquals(8192, pinner.limitBytes());
            assertEquals(
                    List.of(
                            "io.pinion.memory: limits is unknown" + keys + "unlimited",
                            "io.pinion.memory: limit=8 apples is refused" + amounts + "8 KiB",
                            "io.pinion.memory: limit=-1 is refused" + amounts + "8 KiB"),
                    warnings.messages());
        }
        configure(Map.of("component.id", 7L));
        assertEquals(Long.MAX_VALUE, pinner.limitBytes());
    }

    @Test
    void readsAndWritesAmounts() {
        assertEquals(64L << 20, Bytes.parse("64 MiB"));
        assertEquals(8192, Bytes.parse("8KiB"));
        assertEquals(Bytes.UNLIMITED, Bytes.parse("unlimited"));
        assertEquals(4096, Bytes.parse("4096"));
        assertEquals(2_000_000, Bytes.parse("2MB"));
        for (String text : new String[] {"", "-1 B", "99999999999 GiB", "x", "1 x", "Unlimited"}) {
            assertThrows(IllegalArgumentException.class, () -> Bytes.parse(text), text);
        }
        assertEquals("7.5 MiB", Bytes.text(7680 << 10));
        assertEquals("1023 B", Bytes.text(1023));
        assertEquals("unlimited", Bytes.text(Bytes.UNLIMITED));
    }

    private static StorageException assertKind(Kind kind, MlockPinner pinner, ByteBuffer region, Access access) {
        StorageException e = assertThrows(StorageException.class, () -> pinner.pin(region, access));
        assertEquals(kind, e.kind(), e::toString);
        return e;
    }
}
