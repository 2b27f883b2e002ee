package io.pinion.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.benchmarks.plan.Span;
import io.pinion.benchmarks.plan.Way;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.plan.Workloads;
import io.pinion.benchmarks.rounds.FirstUse;
import io.pinion.benchmarks.rounds.Measured;
import io.pinion.benchmarks.rounds.Rounds;
import io.pinion.benchmarks.rounds.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    private static final int ROUNDS = 8;
    private static final String WITHOUT_DEVICE = "zram-read-4k-synchronous";

    @TempDir
    private Path directory;

    private String table;
    private String markdown;

    @BeforeEach
    void write() throws Exception {
        List<Measured> workloads = new ArrayList<>();
        for (Workload workload : Workloads.all()) {
            Measured measured = new Measured(workload);
            for (int round = 0; round < ROUNDS; round++) {
                measured.add(workload.own().title(), sample(1000, 2000));
                measured.add(Workload.AGAIN, sample(1000 + round, 2000 - round));
                for (Way peer : workload.peers()) {
                    measured.add(peer.title(), sample(peer == Way.FIO ? 500 : 2000, 4000));
                }
            }
            if (workload.name().equals("read-4k-1")) {
                measured.lacks(Way.FIO.title(), "fio <is> not \"there\"");
            }
            if (workload.name().equals(WITHOUT_DEVICE)) {
                measured.lacksAll("needs a device");
            }
            workloads.add(measured);
        }
        Results results = new Results(
                Map.of("kernel", "Linux"),
                new Span(1.5, 2),
                false,
                new Rounds.Outcome(ROUNDS, workloads, FirstUse.of(List.of(140e6), List.of(1e3), List.of(90e6))),
                List.of("## More\n"));
        table = ReportFiles.write(results, directory);
        markdown = Files.readString(directory.resolve("report.md"));
    }

    private static Sample sample(double rate, double cpu) {
        return new Sample(rate, cpu, cpu, 0, 100e3, 200e3, Double.NaN, 0.5);
    }

    @Test
    void goalsHaveTheirVerdicts() {
        assertTrue(line(table, "depth 32, speed | fio").contains("≥ 1.00 | 2.000 (2.000–2.000) | ± 0.0"), table);
        assertTrue(line(table, "depth 32, speed | fio").endsWith("| met |"), table);
        assertTrue(line(table, "NOP").endsWith("| **missed** |"), table);
        assertTrue(line(table, "first lease").contains("| (C takes 90 ms) | < 150 ms, once | 140 ms"), table);
        assertTrue(line(table, "bytes allocated").contains("| 0.0000 |"), table);
    }

    @Test
    void ofAMissingPeerNothingIsKnownAndOfNoiseNothingIsClear() {
        assertEquals(Verdict.Outcome.UNKNOWN, verdict(2000, true));
        assertEquals(Verdict.Outcome.UNCLEAR, verdict(1500, false));
        assertEquals(Verdict.Outcome.MET, verdict(1950, false));
    }

    /** Of speed beside fio's, when it is half of Pinion's 2000 and Pinion's again this. */
    private static Verdict.Outcome verdict(double again, boolean missing) {
        Workload workload = Workloads.all().stream()
                .filter(one -> one.name().equals("read-4k-32"))
                .findFirst()
                .orElseThrow();
        Measured measured = new Measured(workload);
        measured.add(workload.own().title(), sample(2000, 1000));
        measured.add(Workload.AGAIN, sample(again, 1000));
        measured.add(Way.FIO.title(), sample(1000, 1000));
        if (missing) {
            measured.lacks(Way.FIO.title(), "it is not there");
        }
        FirstUse firstUse = FirstUse.of(List.of(1.0), List.of(1.0), List.of(1.0));
        return Verdict.all(new Rounds.Outcome(1, List.of(measured), firstUse))
                .get(0)
                .outcome();
    }

    @Test
    void aMissingPeerIsNamed() {
        assertTrue(markdown.contains("- fio (read-4k-1): fio <is> not \"there\""), markdown);
    }

    @Test
    void ofAMissingDeviceNothingIsKnown() {
        assertTrue(
                line(table, "zram device, synchronous, one thread, speed").endsWith("| – | – | **unknown** |"), table);
        assertTrue(markdown.contains("- all ways (zram-read-4k-synchronous): needs a device"), markdown);
        assertTrue(markdown.contains("\nNot measured: needs a device.\n"), markdown);
    }

    @Test
    void everyWorkloadHasItsTable() {
        for (Workload workload : Workloads.all()) {
            assertTrue(markdown.contains("\n## " + workload.title() + "\n"), workload.title());
        }
        assertTrue(markdown.contains("| Pinion again (A/A) |"), markdown);
        assertTrue(markdown.endsWith("## More\n"), markdown);
    }

    @Test
    void whatIsNotToldIsADash() {
        assertTrue(line(markdown, "| Pinion | 1,000 |").contains("| 100.0 | 200.0 | – | 0.000 |"), markdown);
    }

    @Test
    void picturesAreWellFormedAndShownInTheReport() throws Exception {
        List<Path> pictures;
        try (var files = Files.list(directory)) {
            pictures = files.filter(file -> file.toString().endsWith(".svg")).toList();
        }
        assertEquals(17, pictures.size());
        for (Path picture : pictures) {
            var root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(picture.toFile())
                    .getDocumentElement();
            assertEquals("svg", root.getTagName());
            assertTrue(root.getElementsByTagName("text").getLength() > 5, picture.toString());
            assertTrue(markdown.contains("](" + picture.getFileName() + ")"), picture.toString());
        }
    }

    @Test
    void jsonHasEverySample() throws Exception {
        String json = Files.readString(directory.resolve("report.json"));
        long samples = json.lines().filter(line -> line.contains("\"rate\": ")).count();
        long ways =
                Workloads.all().stream().mapToLong(w -> 2 + w.peers().size()).sum();
        long withoutDevice = 2
                + Workloads.all().stream()
                        .filter(workload -> workload.name().equals(WITHOUT_DEVICE))
                        .mapToLong(workload -> workload.peers().size())
                        .sum();
        assertEquals((ways - 1 - withoutDevice) * ROUNDS, samples);
        assertTrue(json.contains("\"fio\": \"fio <is> not \\\"there\\\"\""), json);
        assertTrue(json.contains("\"p999\": null"), json);
    }

    private static String line(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).findFirst().orElse("no line with " + part);
    }
}
