package io.pinion.advisor.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leaves reports in target/reports, to be looked at. */
class ExamplesTest {
    private static final Path REPORTS = Path.of("target", "reports");

    @Test
    void examplesAreLeft() throws Exception {
        Files.createDirectories(REPORTS);
        write(
                "several-sizes",
                Advices.direct("/srv/data/orders.db", Advices.load(4096, 16384, 65536, 262144, 1 << 20)));
        write("one-size", Advices.direct("/srv/data/orders.db", Advices.load(4096)));
        write(
                "inconclusive",
                Advices.of(
                        "/srv/data/orders.db",
                        Advices.load(4096),
                        List.of(Way.BUFFERED_COLD, Way.DIRECT_SYNCHRONOUS),
                        Verdict.INCONCLUSIVE));
    }

    private static void write(String name, Advice advice) throws Exception {
        Path page = REPORTS.resolve(name + ".html");
        Files.writeString(page, HtmlReport.of(advice));
        Files.writeString(REPORTS.resolve(name + ".json"), FioJson.of(advice));
        Files.writeString(REPORTS.resolve(name + ".fio"), FioJob.of(advice));
        assertTrue(Files.size(page) > 10_000, page.toString());
    }
}
