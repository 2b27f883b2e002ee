package io.pinion.advisor.measure;

import static io.pinion.advisor.measure.Workshop.KIB;
import static io.pinion.advisor.measure.Workshop.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.advisor.Advice;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import io.pinion.advisor.judge.Judge;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Measures on files of this build's own disk. What is fast there is not tested, only that it was measured. */
@Timeout(60)
class AdvisorTest {
    @TempDir
    Path directory;

    private static AdviceRequest request(Path path, Load load, Duration budget) {
        return AdviceRequest.of(Target.of(path), load).within(budget);
    }

    private static Kind kind(Advisor advisor, AdviceRequest request) {
        AtomicReference<StorageException> thrown = new AtomicReference<>();
        assertThatThrownBy(() -> advisor.advise(request, SILENT))
                .isInstanceOfSatisfying(StorageException.class, thrown::set);
        return thrown.get().kind();
    }

    private static List<Way> ways(Advice advice) {
        return advice.figures().stream().map(Measured::way).distinct().toList();
    }

    @Test
    void each_way_is_measured_in_each_round_within_the_budget() throws Exception {
        Path file = Workshop.file(directory, 8 << 20);
        long start = System.nanoTime();

        Advice advice = Workshop.advisor()
                .advise(
                        request(file, Workshop.reads(4 * KIB), Duration.ofSeconds(30))
                                .moving(2L << 30),
                        SILENT);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(ways(advice)).contains(Way.BUFFERED_COLD, Way.BUFFERED_WARM);
        if (advice.rounds() >= Judge.LEAST_ROUNDS) {
            assertThat(advice.verdict()).isNotNull();
        } else {
            assertThat(advice.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }
        assertThat(advice.figures()).allSatisfy(each -> {
            assertThat(each.samples()).hasSize(advice.rounds());
            assertThat(each.samples()).allSatisfy(sample -> {
                assertThat(sample.operations()).isPositive();
                assertThat(sample.bytes()).isEqualTo(sample.operations() * 4 * KIB);
                assertThat(sample.p50Nanos()).isBetween(1L, sample.p99Nanos());
                assertThat(sample.othersAlone()).isPositive();
            });
        });
        assertThat(advice.environment()).containsKeys("kernel", "requests", "samples");
        assertThat(advice.target()).isEqualTo(file.toString());
    }

    @Test
    void gives_up_on_a_scratch_file_that_all_of_the_time_does_not_do_for() {
        assertThatThrownBy(() -> Workshop.advisor()
                        .advise(
                                request(directory, Workshop.reads(16 << 20), Duration.ofMillis(100))
                                        .writing(),
                                SILENT))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                .hasMessageContaining("a scratch file of 1 GiB is needed")
                .hasMessageContaining("--budget");
        assertThat(directory).isEmptyDirectory();
    }

    /** What is cold comes from the disk and stays in the cache; what is direct does not. */
    @Test
    void cold_fills_the_cache_and_direct_does_not() throws Exception {
        Path file = Workshop.file(directory, 32 << 20);

        Advice advice = Workshop.advisor()
                .advise(
                        request(file, Workshop.reads(512 * KIB), Duration.ofSeconds(30))
                                .moving(4L << 30),
                        SILENT);

        assumeTrue(ways(advice).contains(Way.DIRECT_SYNCHRONOUS), "the file system does no direct I/O");
        assertThat(cachedPart(advice, Way.BUFFERED_COLD)).isGreaterThan(0.5);
        assertThat(cachedPart(advice, Way.DIRECT_SYNCHRONOUS)).isLessThan(0.1);
        assertThat(cachedPart(advice, Way.BUFFERED_WARM)).isLessThan(0.1);
        assertThat(mode(advice, Way.DIRECT_SYNCHRONOUS)).startsWith("O_DIRECT").doesNotContain("bounced");
        assertThat(mode(advice, Way.DIRECT_SYNCHRONOUS_ORDINARY)).contains("100 % bounced");
    }

    private static String mode(Advice advice, Way way) {
        return advice.figures().stream()
                .filter(each -> each.way() == way)
                .map(Measured::mode)
                .findFirst()
                .orElseThrow();
    }

    private static double cachedPart(Advice advice, Way way) {
        Measured measured = advice.figures().stream()
                .filter(each -> each.way() == way)
                .findFirst()
                .orElseThrow();
        return measured.samples().stream()
                .mapToDouble(s -> (double) s.cacheGrowth() / s.bytes())
                .average()
                .orElseThrow();
    }

    @Test
    void queues_are_measured_for_a_load_of_depth() throws Exception {
        Path file = Workshop.file(directory, 8 << 20);
        Load deep = new Load(List.of(16 * KIB), 0, true, 8, 0);

        Advice advice = Workshop.advisor()
                .advise(request(file, deep, Duration.ofSeconds(30)).moving(1L << 30), SILENT);

        assumeTrue(ways(advice).contains(Way.DIRECT_SYNCHRONOUS), "the file system does no direct I/O");
        assertThat(ways(advice)).contains(Way.DIRECT_QUEUED, Way.DIRECT_QUEUED_ORDINARY);
    }

    @Test
    void without_a_guard_and_direct_it_is_buffered_and_says_what_is_missing() throws Exception {
        Path file = Workshop.file(directory, 1 << 20);
        long start = System.nanoTime();

        Advice advice = Workshop.plain().advise(request(file, Workshop.reads(4 * KIB), Duration.ofSeconds(60)), SILENT);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
        assertThat(ways(advice)).containsExactly(Way.BUFFERED_WARM);
        assertThat(advice.verdict()).isEqualTo(Verdict.STAY_BUFFERED);
        assertThat(advice.configuration()).containsExactly("strategy = buffered");
        assertThat(advice.confounders())
                .filteredOn(each -> each.kind() == Confounder.Kind.MISSING_WAY)
                .extracting(Confounder::text)
                .anyMatch(text -> text.contains("there is no strategy direct; start bundle io.pinion.direct"))
                .anyMatch(text -> text.contains("start bundle io.pinion.linux"));
    }

    @Test
    void tmpfs_is_buffered_because_it_is_memory() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"), "no tmpfs at /dev/shm");
        Path place = Files.createTempDirectory(memory, "advisor");
        try {
            Advice advice = Workshop.advisor()
                    .advise(
                            request(Workshop.file(place, 1 << 20), Workshop.reads(4 * KIB), Duration.ofSeconds(60)),
                            SILENT);

            assertThat(advice.verdict()).isEqualTo(Verdict.STAY_BUFFERED);
            assertThat(advice.took()).isLessThan(Duration.ofSeconds(40));
            assertThat(advice.reasons()).anyMatch(reason -> reason.contains("is on tmpfs, which is memory"));
        } finally {
            Files.delete(place.resolve("file"));
            Files.delete(place);
        }
    }

    @Test
    void too_little_time_is_inconclusive_and_held() throws Exception {
        Path file = Workshop.file(directory, 8 << 20);
        long start = System.nanoTime();

        Advice advice = Workshop.advisor()
                .advise(request(file, Workshop.reads(4 * KIB, 8 * KIB, 16 * KIB), Duration.ofSeconds(1)), SILENT);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(advice.rounds()).isLessThan(Judge.LEAST_ROUNDS);
        assertThat(advice.verdict()).as(advice.reasons().toString()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(advice.configuration()).isEmpty();
    }

    @Test
    void no_more_bytes_are_moved_than_may_be() throws Exception {
        Path file = Workshop.file(directory, 8 << 20);
        AdviceRequest bounded =
                request(file, Workshop.reads(4 * KIB), Duration.ofSeconds(4)).moving(4 << 20);

        Advice advice = Workshop.advisor().advise(bounded, SILENT);

        long counted = advice.figures().stream()
                .flatMap(each -> each.samples().stream())
                .mapToLong(sample -> sample.bytes())
                .sum();
        assertThat(counted).isLessThan(4 << 20);
    }

    @Test
    void writes_go_to_a_scratch_file_that_is_gone_afterwards() throws Exception {
        Path file = Workshop.file(directory, 1 << 20);
        byte[] before = Files.readAllBytes(file);
        AtomicReference<String> seen = new AtomicReference<>("");

        Advice advice = Workshop.advisor()
                .advise(
                        request(file, Workshop.mixed(1), Duration.ofSeconds(20))
                                .moving(256 << 20)
                                .writing(),
                        (doing, done, left) -> {
                            if (doing.startsWith("a round")) {
                                seen.set(names());
                            }
                        });

        assertThat(seen.get()).contains(".scratch");
        assertThat(advice.measured()).endsWith(".scratch");
        assertThat(names()).isEqualTo("file");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(advice.figures()).isNotEmpty();
    }

    private String names() {
        try (Stream<Path> all = Files.list(directory)) {
            return String.join(
                    " ", all.map(path -> path.getFileName().toString()).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_interrupt_leaves_nothing_behind() throws Exception {
        Advisor advisor = Workshop.advisor();
        AdviceRequest request =
                request(directory, Workshop.mixed(8), Duration.ofSeconds(50)).writing();
        Thread caller = Thread.currentThread();
        long start = System.nanoTime();
        try {
            assertThatThrownBy(() -> advisor.advise(request, (doing, done, left) -> {
                        if (doing.startsWith("round 1")) {
                            caller.interrupt();
                        }
                    }))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
        } finally {
            assertThat(Thread.interrupted()).as("the flag stays").isTrue();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
        assertThat(names()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("pinion-advisor-hot-reader");
    }

    @Test
    void a_strategy_that_leaves_meanwhile_ends_it_and_leaves_nothing() throws Exception {
        Advisor advisor = new Advisor();
        var buffered = Workshop.buffered();
        advisor.bindStrategy(buffered, Map.of("pinion.strategy", "buffered"));
        AdviceRequest request =
                request(directory, Workshop.mixed(1), Duration.ofSeconds(50)).writing();

        assertThatThrownBy(() -> advisor.advise(request, (doing, done, left) -> {
                    if (doing.startsWith("round 1")) {
                        advisor.unbindStrategy(buffered);
                    }
                }))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(names()).isEmpty();
    }

    /** A volume's claim keeps others out, but not who only looks. */
    @Test
    void a_volume_that_is_in_use_is_measured_beside_it() throws Exception {
        Path file = Workshop.file(directory, 8 << 20);
        try (Pinion pinion = Pinion.start()) {
            pinion.guard(Workshop.guard());
            pinion.add("buffered", Workshop.buffered());
            pinion.configure("busy", Map.of("target", file.toString(), "strategy", "buffered"));
            pinion.volume("busy", Duration.ofSeconds(5));
            Advisor advisor = Workshop.advisor();
            advisor.bindAdmin(pinion.admin());

            Advice advice = advisor.advise(request(file, Workshop.reads(4 * KIB), Duration.ofSeconds(2)), SILENT);

            assertThat(advice.confounders())
                    .filteredOn(each -> each.kind() == Confounder.Kind.IN_USE)
                    .extracting(Confounder::text)
                    .anyMatch(text -> text.contains("Volume busy serves"));
        }
    }

    @Test
    void one_measures_at_a_time() throws Exception {
        Path file = Workshop.file(directory, 8 << 20);
        Advisor advisor = Workshop.advisor();
        AdviceRequest request = request(file, Workshop.reads(4 * KIB), Duration.ofSeconds(1));
        AtomicReference<Throwable> other = new AtomicReference<>();
        AtomicReference<Thread> second = new AtomicReference<>();

        advisor.advise(request, (doing, done, left) -> {
            if (second.get() == null) {
                Thread thread = new Thread(() -> {
                    try {
                        advisor.advise(request, SILENT);
                    } catch (StorageException e) {
                        other.set(e);
                    }
                });
                second.set(thread);
                thread.start();
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });

        assertThat(other.get())
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("measured already");
    }

    @Test
    void what_can_not_be_measured_is_refused_with_the_remedy() throws Exception {
        Advisor advisor = Workshop.advisor();
        Path small = Workshop.file(directory, 63 * 4 * KIB);
        Duration budget = Duration.ofSeconds(2);
        Load small4 = Workshop.reads(4 * KIB);

        assertThat(kind(advisor, request(small, small4, budget))).isEqualTo(Kind.INVALID_ARGUMENT);
        assertThatThrownBy(() -> advisor.advise(request(small, small4, budget), SILENT))
                .hasMessageContaining("63 requests of 4 KiB")
                .hasMessageContaining("--sizes up to 2 KiB");
        assertThat(kind(advisor, request(directory, small4, budget))).isEqualTo(Kind.WRONG_TYPE);
        assertThatThrownBy(() -> advisor.advise(request(directory, small4, budget), SILENT))
                .hasMessageContaining("--write");
        assertThat(kind(advisor, request(directory.resolve("none"), small4, budget)))
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(advisor, request(Path.of("/dev/null"), small4, budget))).isEqualTo(Kind.WRONG_TYPE);
        assertThat(kind(advisor, request(small, Workshop.mixed(1), budget))).isEqualTo(Kind.INVALID_ARGUMENT);
        assertThat(kind(advisor, AdviceRequest.of(Target.parse("crypt:/x"), small4)))
                .isEqualTo(Kind.WRONG_TYPE);
        assertThat(kind(new Advisor(), request(Workshop.file(directory, 1 << 20), small4, budget)))
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(names()).isEqualTo("file");
    }

    @Test
    void a_file_that_may_not_be_read_is_refused() throws Exception {
        Path file = Workshop.file(directory, 1 << 20);
        Files.setPosixFilePermissions(file, Set.of());
        assumeTrue(!Files.isReadable(file), "root may read everything");

        assertThat(kind(Workshop.advisor(), request(file, Workshop.reads(4 * KIB), Duration.ofSeconds(2))))
                .isEqualTo(Kind.ACCESS_DENIED);
    }

    @Test
    void a_full_file_system_is_told_and_nothing_is_left() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a small tmpfs");
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString())
                                .start()
                                .waitFor()
                        == 0,
                "tmpfs can't be mounted here");
        try {
            Load load = new Load(List.of(64 * KIB), 50, false, 1, 0);
            assertThat(kind(
                            Workshop.advisor(),
                            request(mount, load, Duration.ofSeconds(3)).writing()))
                    .isEqualTo(Kind.NO_SPACE);
            try (Stream<Path> left = Files.list(mount)) {
                assertThat(left).isEmpty();
            }
        } finally {
            new ProcessBuilder("umount", mount.toString()).start().waitFor();
        }
    }
}
