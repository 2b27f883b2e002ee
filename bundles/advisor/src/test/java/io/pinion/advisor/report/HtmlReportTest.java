package io.pinion.advisor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Comparison;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);
    private static final String NASTY = "<script>alert(\"1\")</script> & 'more' ]]> -->\u0007";

    @Test
    void severalSizesHaveAllPicturesAndTables() throws Exception {
        Document page = page(Advices.direct("/srv/data", Advices.load(4096, 65536, 1 << 20)));
        assertThat(texts(page, "h1")).containsExactly("Use direct I/O");
        assertThat(texts(page, "h3"))
                .containsExactly(
                        "The crossover",
                        "Throughput by request size",
                        "Latency",
                        "Processor time by request size",
                        "Page-cache growth",
                        "Damage to others",
                        "4 KiB a request",
                        "64 KiB a request",
                        "1 MiB a request");
        assertThat(texts(page, "pre").get(0)).startsWith("strategy = \"direct\"\n");
        assertThat(texts(page, "aside").get(0)).contains("Virtual machine", "its host may have cached");
        assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(1 + 3 + 1);
        assertThat(texts(page, "td")).contains("▲ clearly faster", "▼ clearly slower", "○ no clear difference");
    }

    @Test
    void everyPictureSaysItsUnit() throws Exception {
        for (Advice advice : List.of(
                Advices.direct("/srv/data", Advices.load(4096, 65536)),
                Advices.direct("/srv/data", Advices.load(4096)))) {
            assertThat(texts(page(advice), "svg"))
                    .hasSize(6)
                    .allMatch(text -> text.contains("(less is better")
                            || text.contains("(more is better)")
                            || text.contains("(more is faster)"));
        }
    }

    @Test
    void oneSizeHasWaysBelowEachOther() throws Exception {
        Document page = page(Advices.direct("/srv/data", Advices.load(4096)));
        assertThat(texts(page, "h3")).startsWith("Beside buffered", "Throughput", "Latency");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void everyVerdictHasAPage(Verdict verdict) throws Exception {
        Document page = page(Advices.of(
                "/srv/data", Advices.load(4096), List.of(Way.BUFFERED_COLD, Way.BUFFERED_UNCACHED), verdict));
        assertThat(texts(page, "h1")).containsExactly(Phrases.headline(verdict));
        assertThat(texts(page, "header").get(0)).contains(Phrases.meaning(verdict));
        boolean told = verdict != Verdict.INCONCLUSIVE;
        assertThat(texts(page, "div").get(0).contains("Nothing: leave")).isNotEqualTo(told);
    }

    @Test
    void nothingMeasuredIsSaid() throws Exception {
        Document page = page(Advices.nothing());
        assertThat(page.getElementsByTagName("svg").getLength()).isZero();
        assertThat(page.getElementsByTagName("aside").getLength()).isZero();
        assertThat(texts(page, "p"))
                .contains("No reason was given.", "Nothing was measured.", "Nothing could be compared.");
    }

    @Test
    void everyTextIsOnlyText() throws Exception {
        Advice plain = Advices.direct(NASTY, Advices.load(4096));
        Measured figure = plain.figures().get(0);
        Document page = page(new Advice(
                NASTY,
                NASTY,
                plain.load(),
                plain.at(),
                plain.took(),
                1,
                Map.of(NASTY, NASTY),
                List.of(measured(figure, NASTY, figure.damage(), figure.samples())),
                plain.comparisons(),
                Arrays.stream(Confounder.Kind.values())
                        .map(kind -> new Confounder(kind, NASTY))
                        .toList(),
                Verdict.STAY_BUFFERED,
                List.of(NASTY),
                List.of(NASTY, NASTY)));
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        String shown = NASTY.replace('\u0007', '\uFFFD');
        assertThat(texts(page, "title").get(0)).endsWith(shown);
        assertThat(texts(page, "li")).containsExactly(shown);
        assertThat(texts(page, "dt")).contains(shown);
        assertThat(texts(page, "dd")).contains(shown);
        assertThat(texts(page, "code")).containsExactly(shown);
        assertThat(texts(page, "pre").get(0)).isEqualTo(shown + "\n" + shown);
        assertThat(texts(page, "small")).contains(shown);
    }

    @Test
    void figuresThatAreNoneOrExtremeHaveAPageToo() throws Exception {
        Advice advice = Advices.direct("/srv/data", Advices.load(512, 4096, 1 << 30));
        Interval zero = new Interval(0, 0, 0);
        Interval vast = new Interval(1e300, 1e-300, Double.MAX_VALUE);
        Interval endless = new Interval(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
        List<Interval> odd = List.of(NONE, zero, vast, endless, new Interval(-1e9, -2e9, 3));
        List<Measured> figures = IntStream.range(0, advice.figures().size())
                .mapToObj(i -> {
                    Measured measured = advice.figures().get(i);
                    Interval figure = odd.get(i % odd.size());
                    Sample sample = new Sample(0, 0, 0, 0, 0, 0, 0, 0, -1, 1, 0);
                    return measured(measured, "", figure, i % 2 == 0 ? List.of() : List.of(sample));
                })
                .toList();
        List<Comparison> comparisons = odd.stream()
                .map(figure -> new Comparison(
                        512,
                        Way.DIRECT_QUEUED,
                        Way.BUFFERED_WARM,
                        figure,
                        figure,
                        figure,
                        Double.NaN,
                        Double.NaN,
                        true))
                .toList();
        String text = HtmlReport.of(Advices.with(advice, figures, comparisons));
        page(Advices.with(advice, figures, comparisons));
        assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(text).contains("<td>–</td>");
    }

    @Test
    void whatNobodyCouldTellIsNotShown() throws Exception {
        Advice advice = Advices.direct("/srv/data", Advices.load(4096));
        List<Measured> figures = advice.figures().stream()
                .map(measured -> measured(
                        measured,
                        "",
                        new Interval(0, 0, 0),
                        List.of(new Sample(0, 10, 40960, 1_000_000, 5, 1, 2, 3, 0, 0, 0))))
                .toList();
        Document page = page(Advices.with(advice, figures, advice.comparisons()));
        assertThat(texts(page, "h3"))
                .contains("Throughput", "Latency", "Processor time")
                .doesNotContain("Page-cache growth", "Damage to others");
        assertThat(texts(page, "td")).contains("–").doesNotContain("0.0 %", "0 B");
    }

    @Test
    void pageLoadsNothing() throws Exception {
        String text = HtmlReport.of(Advices.direct("/srv/data", Advices.load(4096, 65536)));
        Document page = page(Advices.direct("/srv/data", Advices.load(4096, 65536)));
        for (String tag : List.of("script", "link", "img", "iframe", "object", "embed", "image", "use", "a", "base")) {
            assertThat(page.getElementsByTagName(tag).getLength()).as(tag).isZero();
        }
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            for (String attribute : List.of("src", "href", "xlink:href", "data", "style", "onload", "onclick")) {
                assertThat(element.hasAttribute(attribute)).as(attribute).isFalse();
            }
        }
        assertThat(texts(page, "style").get(0)).doesNotContain("url(").doesNotContain("@import");
        assertThat(text.replaceAll("xmlns=\"[^\"]+\"", ""))
                .doesNotContain("http:")
                .doesNotContain("https:");
        assertThat(text).contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
    }

    @Test
    void sameAdviceIsTheSamePage() {
        Load load = Advices.load(4096, 65536);
        assertThat(HtmlReport.of(Advices.direct("/srv/data", load)))
                .isEqualTo(HtmlReport.of(Advices.direct("/srv/data", load)))
                .contains("27 November 2026, 03:39 UTC", "1 min 1 s");
    }

    private static Measured measured(Measured from, String mode, Interval figure, List<Sample> samples) {
        return new Measured(
                from.size(), from.way(), mode, figure, figure, figure, figure, figure, figure, figure, figure, samples);
    }

    private static Document page(Advice advice) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(HtmlReport.of(advice))));
    }

    private static List<String> texts(Document page, String tag) {
        NodeList all = page.getElementsByTagName(tag);
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> all.item(i).getTextContent().strip())
                .toList();
    }
}
