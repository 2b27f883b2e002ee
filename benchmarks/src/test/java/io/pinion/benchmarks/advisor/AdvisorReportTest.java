package io.pinion.benchmarks.advisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.benchmarks.advisor.FioJob.Way;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** A report of results that are made up. */
class AdvisorReportTest {
    private static final String SAID = "verdict\tSTAY_BUFFERED\nrounds\t7\nreason\tBuffered is better: stay buffered.\n"
            + "confounder\tIN_MEMORY: it is memory\nfigure\tbuffered warm: 1 requests/s\n";

    private static Timeline timeline(List<Phase> phases, long rate) throws IOException {
        StringBuilder printed = new StringBuilder();
        int seconds = phases.stream().mapToInt(Phase::seconds).sum();
        for (int second = 0; second < seconds; second++) {
            printed.append("second\t").append(second).append('\t').append(rate).append('\n');
        }
        return Timeline.parse(phases, printed + "swap\t2500\tbuffered\tdirect\tauto: trial\nwhy\t0\tauto: so it is.\n");
    }

    private static AdvisorResults results() throws IOException {
        FioRanking ranking = FioRanking.empty();
        ranking.add(Way.BUFFERED, new FioJob(1000, 10_000), 1);
        ranking.add(Way.DIRECT, new FioJob(2000, 10_000), 1);
        List<Rig> rigs = Rigs.all();
        List<Phase> phases = List.of(
                new Phase(Phase.Kind.HOT, Duration.ofSeconds(2)), new Phase(Phase.Kind.COLD, Duration.ofSeconds(2)));
        Map<String, Timeline> choices = new LinkedHashMap<>();
        choices.put("buffered", timeline(phases, 1_000_000));
        choices.put(AutoResult.AUTO, timeline(phases, 950_000));
        choices.put("direct", timeline(phases, 500_000));
        WatchResult watching = new WatchResult(
                "",
                Map.of(
                        OneWatch.PLAIN, List.of(100.0),
                        OneWatch.WATCHED, List.of(99.5),
                        OneWatch.AGAIN, List.of(100.5)),
                List.of(),
                List.of());
        return new AdvisorResults(
                Map.of("kernel", "Linux"),
                Plan.quick(null),
                List.of(
                        new RigResult(rigs.get(0), "", Optional.of(Advised.parse(SAID)), ranking),
                        new RigResult(rigs.get(1), "", Optional.of(Advised.parse(SAID)), FioRanking.empty()),
                        RigResult.missing(rigs.get(2), "needs a control group")),
                Optional.of(new AutoResult("", List.of(choices, choices), List.of(timeline(phases, 7)))),
                Optional.of(watching));
    }

    @Test
    void theReportSaysWhoAgreesAndWhy() throws IOException {
        String report = AdvisorMarkdown.of(results(), Map.of("auto.svg", "over time"));
        assertTrue(
                report.contains(
                        "| STAY_BUFFERED | STAY_BUFFERED | met | faster: speed 2.000 (2.000–2.000), processor 1.00"
                                + " | – | **disagrees** |"),
                report);
        assertTrue(report.contains("because of memory | met | – | – | untold |"), report);
        assertTrue(report.contains("left out: needs a control group"), report);
        assertTrue(report.contains("- Buffered is better: stay buffered."), report);
        assertTrue(report.contains("| 1.0 | 1.0 | 0.5 | 0.950 (buffered) | 0.950, 0.950 | 0 | met |"), report);
        assertTrue(report.contains("1 swaps") && report.contains("**missed** (goal: none)"), report);
        assertTrue(report.contains("auto: so it is."), report);
        assertTrue(report.contains("| ≥ 0.99 | 0.995 (0.995–0.995) | ± 0.005 | met |"), report);
        assertTrue(report.contains("![over time](auto.svg)"), report);
    }

    @Test
    void programsGetTheSame() throws IOException {
        String json = AdvisorJson.of(results());
        assertTrue(json.contains("\"agreement\": \"DISAGREES\""), json);
        assertTrue(json.contains("\"missing\": \"needs a control group\""), json);
        assertTrue(json.contains("\"bytesEachSecond\""), json);
    }

    @Test
    void thePictureHasALineForEachChoiceAndAMarkForEachSwap() throws Exception {
        String svg = Timelines.phases(results().auto().orElseThrow().passes().get(0));
        Document picture =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertEquals(3, picture.getElementsByTagName("polyline").getLength());
        assertEquals(1, svg.split("class=\"goal\"", -1).length - 1);
        assertTrue(svg.contains("to direct") && svg.contains(">hot<") && svg.contains(">cold<"), svg);
    }
}
