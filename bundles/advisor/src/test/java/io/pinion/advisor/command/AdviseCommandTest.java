package io.pinion.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.advisor.Advice;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Load;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import io.pinion.advisor.judge.Comparisons;
import io.pinion.advisor.judge.Summaries;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is typed, over an advisor that measures nothing. */
class AdviseCommandTest {
    private final AtomicReference<AdviceRequest> asked = new AtomicReference<>();

    private String run(String line) throws Exception {
        AdviseCommand command = new AdviseCommand((request, progress) -> {
            asked.set(request);
            progress.at("measuring", 0.5, Duration.ofSeconds(3));
            return advice(request.load().orElseThrow());
        });
        return run(command, line);
    }

    private static String run(AdviseCommand command, String line) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ThreadIOImpl threads = new ThreadIOImpl();
        threads.start();
        CommandProcessorImpl processor = new CommandProcessorImpl(threads);
        processor.addCommand("pinion", command, "advise");
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (CommandSession session = processor.createSession(InputStream.nullInputStream(), stream, stream)) {
            session.currentDir(Path.of("/somewhere"));
            session.execute(line);
        } finally {
            threads.stop();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Advice advice(Load load) {
        List<Sample> cold = samples(1000);
        List<Sample> direct = samples(2500);
        var figures = List.of(
                Summaries.of(4096, Way.BUFFERED_COLD, "page cache", cold),
                Summaries.of(4096, Way.DIRECT_SYNCHRONOUS, "O_DIRECT", direct));
        return new Advice(
                "/somewhere/file",
                "/somewhere/file",
                load,
                Instant.EPOCH,
                Duration.ofSeconds(5),
                6,
                Map.of("kernel", "Linux 6.18"),
                figures,
                Comparisons.of(figures, Way.BUFFERED_COLD),
                List.of(new Confounder(Confounder.Kind.HOST_CACHE, "A virtual machine.")),
                Verdict.DIRECT,
                List.of("It wins."),
                List.of("strategy = direct,buffered"));
    }

    private static List<Sample> samples(int perSecond) {
        return IntStream.range(0, 6)
                .mapToObj(round -> new Sample(
                        round,
                        perSecond + round,
                        4096L * (perSecond + round),
                        1_000_000_000,
                        5_000_000,
                        50_000,
                        90_000,
                        200_000,
                        0,
                        1000,
                        900))
                .toList();
    }

    @Test
    void what_is_typed_is_what_is_asked() throws Exception {
        run("advise file --sizes 1MiB,4KiB,4096 --sequential --once --depth 16 --span 1GiB --budget 30s"
                + " --bytes 2GiB --rate 100 --write --writes 20");

        AdviceRequest request = asked.get();
        assertThat(request.target().orElseThrow()).hasToString("/somewhere/file");
        assertThat(request.load().orElseThrow())
                .isEqualTo(new Load(List.of(4096, 1 << 20), 20, true, 16, 1L << 30, true));
        assertThat(request.budget()).isEqualTo(Duration.ofSeconds(30));
        assertThat(request.bytes()).isEqualTo(2L << 30);
        assertThat(request.bytesPerSecond()).isEqualTo(100L << 20);
        assertThat(request.isWriting()).isTrue();
    }

    @Test
    void nothing_typed_means_three_sizes_one_at_a_time_and_a_minute() throws Exception {
        run("advise file");

        assertThat(asked.get().load().orElseThrow())
                .isEqualTo(new Load(List.of(4096, 1 << 16, 1 << 20), 0, false, 1, 0));
        assertThat(asked.get().budget()).isEqualTo(Duration.ofSeconds(60));
        assertThat(asked.get().isWriting()).isFalse();
    }

    @Test
    void it_prints_figures_doubts_verdict_and_what_follows() throws Exception {
        String printed = run("advise file --sizes 4KiB");

        assertThat(printed)
                .contains("measuring /somewhere/file for 60 s at most, with random reads of 4 KiB, one at a time")
                .contains("4 s left at most  measuring")
                .containsPattern("direct synchronous +2,50[23] +±0% +10 ")
                .containsPattern(
                        "4 KiB +direct synchronous +×2\\.50 \\(2\\.\\d\\d to 2\\.\\d\\d\\) .* 0\\.0313 +faster")
                .contains("- host cache: A virtual machine.")
                .contains("verdict: direct\n- It wins.")
                .endsWith("for etc/io.pinion.volume-NAME.cfg:\n  strategy = direct,buffered\n");
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
    }

    @Test
    void what_is_taken_away_is_in_files(@TempDir Path directory) throws Exception {
        Path report = directory.resolve("report.html");
        Path json = directory.resolve("figures.json");
        Path fio = directory.resolve("check.fio");

        String printed = run("advise file --sizes 4KiB --report " + report + " --json " + json + " --fio " + fio);

        assertThat(printed).endsWith("report: " + report + "\njson: " + json + "\nfio: " + fio + "\n");
        assertThat(report).content().contains("It wins.", "<svg", "</html>");
        assertThat(json).content().contains("\"jobs\"", "\"iops\"");
        assertThat(fio).content().contains("[global]", "direct=1", "bs=4");
    }

    @Test
    void what_cannot_be_written_is_refused_before_it_is_measured(@TempDir Path directory) {
        assertRefused("advise file --report " + directory, "allowed: a file, in a directory that is there");
        assertRefused("advise file --json " + directory + "/none/x.json", "in a directory that is there");
    }

    @Test
    void wrong_words_are_refused_with_what_is_allowed() {
        assertRefused("advise", "something is missing");
        assertRefused("advise a b", "'b' is too much");
        assertRefused("advise file --depth 0", "--depth 0: allowed: a whole number from 1 to 4096");
        assertRefused("advise file --sizes 100", "--sizes 100: allowed: 512 bytes to 64MiB");
        assertRefused("advise file --sizes ,", "names none");
        assertRefused("advise file --budget 10", "--budget 10: allowed: 1s to 24h");
        assertRefused("advise file --writes 101", "--writes 101");
        assertRefused("advise file --apply", "no volume is named");
        assertRefused("advise --volume v file", "'file' is too much");
        assertRefused("advise --volume v --once", "the load that the volume is seen to have");
        assertRefused("advise --volume v --depth none", "--depth none");
    }

    private void assertRefused(String line, String words) {
        assertThatThrownBy(() -> run(line)).hasMessageContaining(words);
        assertThat(asked.get()).isNull();
    }

    @Test
    void failures_are_a_line() {
        AdviseCommand command = new AdviseCommand((request, progress) -> {
            throw StorageException.of(Kind.INTERRUPTED, "advise", "it was interrupted")
                    .build();
        });

        assertThatThrownBy(() -> run(command, "advise file"))
                .hasToString("advise: it was interrupted, and nothing is left behind");
    }
}
