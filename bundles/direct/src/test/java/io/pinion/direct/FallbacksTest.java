package io.pinion.direct;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an application gets, and an operator is told, where the kernel has less or permits less: by a real seccomp filter, a
 * real limit, a real refusal. Everything works each time, on what there is.
 */
@Timeout(180)
class FallbacksTest {
    private static final String BUILT_ON_THREADS = "could not open its queue, so it is built on threads: ";
    private static final String ON_THREADS = BUILT_ON_THREADS + "io_uring_setup: ";

    /** 17 transfers each way and a flush, all of them on threads. */
    private static final String ALL_ON_THREADS = "fallbacks: 35 the strategy could not open its own queue";

    /** 16 transfers each way with leases; not those with a plain buffer. */
    private static final String ALL_UNREGISTERED = "fallbacks: 32 a lease's memory is not registered";

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Deprived deprived() {
        return new Deprived(DeprivedProgram.class, directory);
    }

    @Test
    void whereNothingLacksNothingIsSaid() throws Exception {
        Deprived.assumeRoot("to lock as much as it likes");
        Deprived run = deprived().run();
        run.doesNotSay("threads");
        run.doesNotSay("unregistered");
        run.doesNotSay("not pinned");
        run.says("fallbacks: 0 a lease's memory is not registered");
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM, a seccomp filter or a security module denies it, container's seccomp profile",
        "ENOSYS, CONFIG_IO_URING, SystemCallFilter=@aio"
    })
    void queuesAreOnThreadsWhereAFilterDeniesRings(String errno, String reason, String remedy) throws Exception {
        Deprived run = deprived().of("IO_URING_SETUP=" + errno).run();
        run.says("why: ", ON_THREADS + errno, reason, remedy);
        run.says(ALL_ON_THREADS);
    }

    /** Rings can be made there, and not used. */
    @ParameterizedTest
    @CsvSource({
        "IO_URING_ENTER, EPERM, io_uring_enter",
        "IO_URING_ENTER, ENOSYS, io_uring_enter",
        "IO_URING_REGISTER, EPERM, io_uring_register",
        "IO_URING_REGISTER, ENOSYS, io_uring_register"
    })
    void queuesAreOnThreadsWhereAFilterDeniesToUseRings(String call, String errno, String name) throws Exception {
        Deprived run = deprived().of(call + "=" + errno).run();
        run.says(
                "why: ",
                BUILT_ON_THREADS + name + ": " + errno,
                "a seccomp filter or a security module denies it",
                "container's seccomp profile");
        run.says(ALL_ON_THREADS);
    }

    /** The setting is the whole machine's: the program sees another file in its place, and a filter does what it says. */
    @ParameterizedTest
    @CsvSource({"1, kernel.io_uring_group", "2, set sysctl kernel.io_uring_disabled=0"})
    void queuesAreOnThreadsWhereTheAdministratorForbidsRings(String setting, String remedy) throws Exception {
        Deprived.assumeRoot("for a mount that others don't see");
        Path seen = Files.writeString(directory.resolve("io_uring_disabled"), setting + "\n");
        String mount = "mount --bind \"$1\" /proc/sys/kernel/io_uring_disabled && shift && exec \"$@\"";
        Deprived run = deprived()
                .by("unshare", "--mount", "sh", "-c", mount, "sh", seen.toString())
                .of("IO_URING_SETUP=EPERM")
                .run();
        run.says("why: ", ON_THREADS + "EPERM", "kernel.io_uring_disabled=" + setting, remedy);
        run.says(ALL_ON_THREADS);
    }

    /** Nothing may be locked: neither a ring, which is charged, nor what is to stay in memory. */
    @Test
    void queuesAreOnThreadsWhereNothingMayBeLocked() throws Exception {
        Deprived run = deprived().asUserWhoMayLock(0).run();
        run.says("why: ", ON_THREADS + "ENOMEM", "RLIMIT_MEMLOCK=0 KiB", "raise it with LimitMEMLOCK= or ulimit -l");
        run.says(ALL_ON_THREADS);
        run.says("why: bounce memory", "not pinned, mlock of 2 MiB failed: EPERM", "RLIMIT_MEMLOCK=0 B");
        run.says("pool: not all is pinned: mlock of 2 MiB failed: EPERM", "LimitMEMLOCK= or ulimit -l");
    }

    /** {@code ulimit -l 64}: there is room for a ring, not for what would be registered with it. */
    @Test
    void leasesGoUnregisteredAndUnpinnedWhereLittleMayBeLocked() throws Exception {
        Deprived run = deprived().asUserWhoMayLock(64 << 10).run();
        run.doesNotSay("threads");
        run.says(
                "why: leased buffers go unregistered: ",
                "ENOMEM",
                "2048 KiB",
                "RLIMIT_MEMLOCK=64 KiB",
                "LimitMEMLOCK=");
        run.says(ALL_UNREGISTERED);
        run.says("why: bounce memory", "not pinned, mlock of 2 MiB failed: ENOMEM", "RLIMIT_MEMLOCK=64 KiB");
        run.says("pool: not all is pinned: mlock of 2 MiB failed: ENOMEM", "LimitMEMLOCK= or ulimit -l");
    }

    /** What most systems give an ordinary user: nothing lacks, because the pool takes no more than half of it at a time. */
    @Test
    void allIsPinnedAndRegisteredWithinTheUsualLimit() throws Exception {
        Deprived run = deprived().asUserWhoMayLock(8 << 20).run();
        run.doesNotSay("threads");
        run.doesNotSay("unregistered");
        run.doesNotSay("not pinned");
        run.doesNotSay("not all is pinned");
        run.says("fallbacks: 0 a lease's memory is not registered");
        run.says("kernel: VmLck: 6144 kB");
        run.says("kernel: VmPin: 4096 kB");
        run.says("pool: leased", "of 4 MiB in 1 arenas");
        run.says("pool: on huge pages", "pinned 4 MiB");
    }

    @Test
    void memoryGoesUnpinnedWhereAFilterDeniesIt() throws Exception {
        Deprived run = deprived().of("MLOCK=EPERM").run();
        run.doesNotSay("threads");
        run.says("why: bounce memory", "not pinned, mlock of 2 MiB failed: EPERM", "seccomp filter");
        run.says("pool: not all is pinned: mlock of ", " MiB failed: EPERM", "seccomp filter");
    }

    @Test
    void memoryIsOnSmallPagesWhereHugeOnesAreOff() throws Exception {
        Deprived run = deprived().of("HUGE_PAGES").run();
        String setting = "/sys/kernel/mm/transparent_hugepage/enabled";
        run.says("why: bounce memory on huge pages 0 of 2048 KiB", setting);
        run.says("pool: on huge pages 0 B", setting);
    }

    @Test
    void queuesOfVirtualThreadsAreOnThreads() throws Exception {
        Deprived run =
                deprived().onJavaWithVirtualThreads().of("PLATFORM_THREAD").run();
        run.says("why: a queue of a virtual thread is built on threads");
        run.doesNotSay("could not open");
    }

    /** Before Linux 6.1 statx(2) told nothing of direct I/O: its answer is changed on the way. */
    @Test
    void theAlignmentIsTriedWhereTheKernelDoesNotTell() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "needs strace");
        Deprived run = deprived()
                .by("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=statx")
                .by("-e", "inject=statx:poke_exit=@arg5=ff070000")
                .run();
        run.says("why: alignment 512 by trial");
        run.doesNotSay("by statx");
    }
}
