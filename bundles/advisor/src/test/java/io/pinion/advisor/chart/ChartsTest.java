package io.pinion.advisor.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartsTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @ParameterizedTest
    @EnumSource(RangeChart.Kind.class)
    void whatIsDrawnIsOnThePicture(RangeChart.Kind kind) throws Exception {
        RangeChart chart = new RangeChart("µs", kind, 540, 200, 84);
        chart.add(new RangeChart.Group(
                "4 KiB",
                List.of(
                        range(1, 2, 3),
                        range(-5, -1, 4),
                        range(0, 0, 0),
                        range(NAN, 7, NAN),
                        range(NAN, NAN, NAN),
                        range(1e-3, 1e9, INFINITY),
                        range(1e-300, Double.MAX_VALUE, 1e300))));
        Element svg = parsed(chart.inline("latencies"));
        isWithin(svg, 199, 457);
        assertThat(svg.getAttribute("aria-label")).isEqualTo("latencies");
        // Of these, two have no figure; on an axis of ratios those up to 0 have none, too.
        assertThat(marks(svg)).isEqualTo(kind == RangeChart.Kind.LINEAR ? 5 : 3);
    }

    @ParameterizedTest
    @EnumSource(RangeChart.Kind.class)
    void nothingToDrawIsAPictureToo(RangeChart.Kind kind) throws Exception {
        RangeChart chart = new RangeChart("µs", kind, 540, 200, 84);
        chart.add(new RangeChart.Group("", List.of(range(NAN, NAN, NAN))));
        assertThat(marks(parsed(chart.inline("nothing")))).isZero();
    }

    @Test
    void dotIsBetweenTheEndsOfItsRange() throws Exception {
        RangeChart chart = new RangeChart("ratio", RangeChart.Kind.RATIO, 540, 200, 84);
        chart.add(new RangeChart.Group("", List.of(range(0.8, 1.1, 1.4))));
        Element svg = parsed(chart.svg("Title", "Legend"));
        Element line = styled(svg, "line", "range").get(0);
        double dot = number((Element) svg.getElementsByTagName("circle").item(0), "cx");
        assertThat(dot).isBetween(number(line, "x1"), number(line, "x2"));
        double one = number(styled(svg, "line", "one").get(0), "x1");
        assertThat(one).isBetween(number(line, "x1"), dot);
    }

    @Test
    void pointsAreWithinTheirIntervalsAndOnThePicture() throws Exception {
        LineChart chart = new LineChart("size", "ratio", true, 540, x -> x + " <B>");
        chart.add(new LineChart.Series(
                "a & b",
                Look.dots(0),
                List.of(
                        new LineChart.Point(512, 0.5, 0.7, 0.9),
                        new LineChart.Point(4096, 1.1, 1.5, 1e4),
                        new LineChart.Point(1 << 20, NAN, NAN, NAN))));
        chart.add(new LineChart.Series("one", Look.dots(0), List.of(new LineChart.Point(1 << 20, NAN, 2, NAN))));
        Element svg = parsed(chart.inline("crossover"));
        isWithin(svg, 0, 540);
        List<Element> intervals = styled(svg, "line", "range");
        assertThat(intervals).hasSize(2);
        var circles = svg.getElementsByTagName("circle");
        for (int i = 0; i < intervals.size(); i++) {
            Element circle = (Element) circles.item(i);
            Element interval = intervals.get(i);
            assertThat(number(circle, "cy")).isBetween(number(interval, "y2"), number(interval, "y1"));
            assertThat(number(circle, "cx")).isEqualTo(number(interval, "x1"));
        }
        assertThat(styled(svg, "line", "one").stream().filter(line -> number(line, "y1") == number(line, "y2")))
                .as("the line at 1")
                .hasSize(1);
        assertThat(svg.getTextContent()).contains("512.0 <B>", "a & b");
    }

    @Test
    void oneSizeAndNoneAreALineChartToo() throws Exception {
        LineChart chart = new LineChart("size", "MiB/s", false, 540, Double::toString);
        assertThat(marks(parsed(chart.inline("none")))).isZero();
        chart.add(new LineChart.Series("one", Look.dots(1), List.of(new LineChart.Point(4096, 5, 5, 5))));
        Element svg = parsed(chart.inline("one"));
        isWithin(svg, 0, 540);
        assertThat(marks(svg)).as("the point and its legend").isEqualTo(2);
    }

    @Test
    void everyLookIsTold() throws Exception {
        Svg svg = new Svg(100);
        for (int look = 0; look < 12; look++) {
            svg.mark(look, look, new Look(look, look, look % 2 == 1));
        }
        assertThat(marks(parsed(svg.finish(20)))).isEqualTo(12);
    }

    @Test
    void textStandsForItself() {
        assertThat(Markup.text("<a href=\"x\">&amp;</a>")).isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;");
        assertThat(Markup.text("\u0000\u001b\uD800\uFFFE😀\n")).isEqualTo("����😀\n");
    }

    private static RangeChart.Range range(double low, double dot, double high) {
        return new RangeChart.Range("<way>", low, dot, high, NAN, Look.dots(0), "text");
    }

    /** Nothing but texts is elsewhere from left to right, and nothing at all above or below. */
    private static void isWithin(Element svg, double left, double right) {
        double height = Double.parseDouble(svg.getAttribute("viewBox").split(" ")[3]);
        for (String name : List.of("x1", "x2", "cx")) {
            assertThat(all(svg, name)).allSatisfy(x -> assertThat(x).isBetween(left, right));
        }
        for (String name : List.of("y1", "y2", "cy", "y")) {
            assertThat(all(svg, name)).allSatisfy(y -> assertThat(y).isBetween(0.0, height));
        }
    }

    private static List<Double> all(Element svg, String attribute) {
        List<Double> all = new ArrayList<>();
        var elements = svg.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            if (element.hasAttribute(attribute)) {
                all.add(number(element, attribute));
            }
        }
        return all;
    }

    private static List<Element> styled(Element svg, String tag, String style) {
        List<Element> all = new ArrayList<>();
        var elements = svg.getElementsByTagName(tag);
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            if (element.getAttribute("class").equals(style)) {
                all.add(element);
            }
        }
        return all;
    }

    private static int marks(Element svg) {
        return svg.getElementsByTagName("circle").getLength()
                + svg.getElementsByTagName("path").getLength();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static Element parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }
}
