package io.pinion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.ProgressLine;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunTest {
    private static final int SIZE = 40 * Source.BLOCK + 4711;

    @TempDir
    Path directory;

    private final Pinion pinion = Pinion.start();
    private final byte[] content = new byte[SIZE];

    @BeforeEach
    void prepare() throws IOException {
        new Random(1).nextBytes(content);
        Files.write(directory.resolve("file"), content);
        pinion.add("one", new FileStrategy(0));
        pinion.add("other", new FileStrategy(0));
        pinion.add("forgetful", new FileStrategy(7));
    }

    @AfterEach
    void end() {
        pinion.close();
    }

    @Test
    void a_file_comes_back_whole_while_strategies_are_swapped() throws Exception {
        try (Source source = Source.open(directory.resolve("file"))) {
            Run run = run(source, "one", "other");
            VolumeStatistics before = pinion.admin().statistics("demo");
            assertThat(run.execute()).contains(sum());
            assertThat(run.tally().problems()).isEmpty();
            assertThat(run.swapper().swaps()).isGreaterThanOrEqualTo(25);
            DemoReport report = new DemoReport(run, before, pinion.admin().statistics("demo"));
            assertThat(report.success(sum()))
                    .matches("demo: ok swaps=\\d+ operations=\\d+ failed=0 mismatched=0 pause\\.p50\\.ms=[0-9.]+ "
                            + "pause\\.p99\\.ms=[0-9.]+ zero-copy=[0-9.]+% sha256=[0-9a-f]{64}");
            assertThat(report.table()).hasSize(6).contains("one, plain: no frills", "other, plain: no frills");
        }
    }

    @Test
    void a_lost_write_is_found() throws Exception {
        try (Source source = Source.open(directory.resolve("file"))) {
            Run run = run(source, "one", "forgetful");
            assertThat(run.execute()).isEmpty();
            assertThat(run.tally().mismatched()).isPositive();
            // A block's first write leaves nothing when it is lost, a later one the version before.
            assertThat(run.tally().problems().get(0)).containsAnyOf("magic=0", "a stale read or a lost update");
        }
    }

    @Test
    void a_swap_that_is_refused_ends_the_run() throws Exception {
        try (Source source = Source.open(directory.resolve("file"))) {
            Run run = run(source, "one", "missing");
            assertThat(run.execute()).isEmpty();
            assertThat(run.tally().failed()).isEqualTo(1);
            assertThat(run.tally().problems().get(0)).startsWith("swap to missing was REFUSED");
        }
    }

    @Test
    void one_strategy_is_enough_where_it_is_asked_for() throws Exception {
        try (Source source = Source.open(directory.resolve("file"))) {
            assertThat(run(source, "one").execute()).isEqualTo(Optional.of(sum()));
        }
    }

    @Test
    void of_a_file_as_much_is_moved_as_there_is_room_for_and_nothing_beyond_is_touched() throws Exception {
        Path target = directory.resolve("target");
        int blocks = 20;
        int room = blocks * Placement.SLOT + 4711;
        byte[] before = new byte[room];
        new Random(2).nextBytes(before);
        Files.write(target, before);
        try (Source whole = Source.open(directory.resolve("file"))) {
            Source source = whole.within(room);
            assertThat(source.blocks()).isEqualTo(blocks);
            byte[] beginning = Arrays.copyOf(content, blocks * Source.BLOCK);
            Run run = run(source, "one", "other");
            assertThat(run.execute()).contains(sum(beginning));
        }
        byte[] after = Files.readAllBytes(target);
        int end = blocks * Placement.SLOT;
        assertThat(after).hasSize(room);
        assertThat(Arrays.copyOfRange(after, end, room)).isEqualTo(Arrays.copyOfRange(before, end, room));
    }

    @Test
    void a_target_may_be_too_small() throws Exception {
        try (Source whole = Source.open(directory.resolve("file"))) {
            assertThat(whole.within(Long.MAX_VALUE)).isSameAs(whole);
            assertThatThrownBy(() -> whole.within(512 << 10))
                    .hasMessage("there is room for 512 KiB, and the demo needs 544 KiB at least; name another target by"
                            + " --target");
        }
    }

    private Run run(Source source, String... strategies) throws IOException {
        Path target = directory.resolve("target");
        DemoOptions options = new DemoOptions(
                directory.resolve("file"),
                Target.of(target),
                List.of(strategies),
                3,
                64 << 20,
                Duration.ofMillis(100),
                Duration.ofMillis(5));
        pinion.configure(
                "demo",
                Map.of(
                        "target",
                        target.toString(),
                        "size",
                        Long.toString(Placement.volumeSize(source.blocks())),
                        "strategy",
                        String.join(",", strategies)));
        Volume volume = pinion.volume("demo", Duration.ofSeconds(20));
        PrintStream output = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return new Run(options, source, volume, pinion.admin(), new Progress(new ProgressLine(output, false)));
    }

    private String sum() throws Exception {
        return sum(content);
    }

    private static String sum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
