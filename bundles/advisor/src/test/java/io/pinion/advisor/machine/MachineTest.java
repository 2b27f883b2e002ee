package io.pinion.advisor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.advisor.Confounder;
import io.pinion.advisor.Confounder.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine of which /proc and /sys are made up. */
class MachineTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1L << 30;

    @TempDir
    Path root;

    private Machine machine;

    @BeforeEach
    void set_up() throws IOException {
        machine = new Machine(root.resolve("proc"), root.resolve("sys"));
        write("proc/meminfo", "MemTotal:        8388608 kB\nMemFree:  1 kB\nMemAvailable:    4194304 kB\n");
        write("proc/cpuinfo", "processor : 0\nmodel name : Some CPU\nflags : fpu vme\n");
        write("proc/self/cgroup", "0::/one/two\n");
        write("proc/self/mountinfo", "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:9 / /mem rw - tmpfs tmpfs rw\n");
        write("proc/loadavg", "0.00 0.00 0.00 1/100 1\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<Confounder> circumstances(String path, long span) {
        return new Circumstances(machine).of(Path.of(path), false, span, 0);
    }

    private List<Kind> kinds(String path, long span) {
        return circumstances(path, span).stream().map(Confounder::kind).toList();
    }

    @Test
    void memory_is_what_programs_could_have() {
        assertThat(machine.memory()).isEqualTo(new Memory(8 * GIB, 4 * GIB));
        assertThat(machine.pageCacheRoom(0)).isEqualTo(4 * GIB);
    }

    @Test
    void a_working_set_fits_the_cache_or_does_not() {
        assertThat(kinds("/data", 4 * GIB)).containsExactly(Kind.FITS_CACHE);
        assertThat(kinds("/data", 4 * GIB + 1)).isEmpty();
    }

    @Test
    void a_control_group_limits_the_cache_whichever_above_it_has_the_least() throws IOException {
        write("sys/fs/cgroup/one/two/memory.max", "max\n");
        write("sys/fs/cgroup/one/memory.max", Long.toString(512 * MIB));
        write("sys/fs/cgroup/one/memory.current", Long.toString(100 * MIB));
        write("sys/fs/cgroup/memory.max", Long.toString(GIB));

        assertThat(machine.pageCacheRoom(0)).isEqualTo(512 * MIB);
        assertThat(kinds("/data", GIB)).containsExactly(Kind.CGROUP_LIMIT);
        assertThat(circumstances("/data", GIB).get(0).text()).contains("512 MiB", "100 MiB in use", "does not fit");
        assertThat(kinds("/data", 100 * MIB)).containsExactly(Kind.FITS_CACHE, Kind.CGROUP_LIMIT);
    }

    @Test
    void a_control_group_of_the_first_version_limits_it_too() throws IOException {
        write("proc/self/cgroup", "4:memory:/here\n2:cpu,cpuacct:/\n0::/\n");
        write("sys/fs/cgroup/memory/here/memory.limit_in_bytes", Long.toString(256 * MIB));
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");

        assertThat(machine.controlGroup().memoryLimit()).hasValue(256 * MIB);
    }

    @Test
    void no_limit_of_the_first_version_is_none() throws IOException {
        write("proc/self/cgroup", "4:memory:/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");

        assertThat(machine.controlGroup().memoryLimit()).isEmpty();
    }

    @Test
    void a_limit_of_io_is_told() throws IOException {
        write("sys/fs/cgroup/one/two/io.max", "8:0 rbps=1048576 wbps=max riops=max wiops=max\n");

        List<Confounder> found = circumstances("/data", 8 * GIB);

        assertThat(found).extracting(Confounder::kind).containsExactly(Kind.CGROUP_LIMIT);
        assertThat(found.get(0).text()).contains("8:0 rbps=1048576");
    }

    @Test
    void tmpfs_is_memory_and_nothing_else_is_said_of_caches() throws IOException {
        write("proc/cpuinfo", "flags : fpu hypervisor vme\n");
        List<Confounder> found = circumstances("/mem/file", MIB);

        assertThat(found).extracting(Confounder::kind).containsExactly(Kind.IN_MEMORY);
        assertThat(found.get(0).text()).contains("/mem/file is on tmpfs");
    }

    @Test
    void a_hypervisor_may_have_a_cache_of_its_own() throws IOException {
        write("proc/cpuinfo", "flags : fpu hypervisor vme\n");

        assertThat(kinds("/data", 8 * GIB)).containsExactly(Kind.HOST_CACHE);
    }

    @Test
    void a_crowded_machine_is_noisy() throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        write("proc/loadavg", processors + 1 + ".50 0 0 1/1 1\n");
        assertThat(kinds("/data", 8 * GIB)).containsExactly(Kind.NOISE);

        write("proc/loadavg", processors - 1 + ".50 0 0 1/1 1\n");
        assertThat(kinds("/data", 8 * GIB)).isEmpty();
    }

    @Test
    void a_disk_is_told_by_its_model_and_a_partition_has_that_of_its_disk() throws IOException {
        write("sys/devices/sda/device/model", "SOME DISK\n");
        write("sys/devices/sda/queue/rotational", "1\n");
        write("sys/devices/sda/queue/scheduler", "none [mq-deadline] kyber\n");
        write("sys/devices/sda/sda1/partition", "1\n");
        Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(root.resolve("sys/dev/block/8:1"), root.resolve("sys/devices/sda/sda1"));

        assertThat(Disk.of(root.resolve("sys"), "8:1").orElseThrow().words())
                .isEqualTo("sda1, SOME DISK, rotating, scheduler mq-deadline");
        assertThat(Disk.of(root.resolve("sys"), "8:2")).isEmpty();
    }

    @Test
    void a_machine_that_tells_nothing_fails_nothing() {
        Machine mute = new Machine(root.resolve("none"), root.resolve("none"));

        assertThat(mute.pageCacheRoom(0)).isZero();
        assertThat(new Circumstances(mute).of(Path.of("/data"), false, MIB, 0)).isEmpty();
        assertThat(mute.environment(Path.of("/data"), false)).containsKeys("processors", "Java");
    }
}
