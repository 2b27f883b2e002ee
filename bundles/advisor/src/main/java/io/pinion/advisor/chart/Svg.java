package io.pinion.advisor.chart;

import java.util.List;
import java.util.Locale;

/** A picture in the making: SVG 1.1 that reads on light and dark ground. Coordinates are pixels. One thread. */
public final class Svg {
    /** Colours of series, told apart also by those who see few: on light ground, and on dark. */
    private static final String[][] SERIES = {
        {"#0b6e99", "#4db6e2"}, {"#d95f02", "#f4a261"}, {"#7a7a7a", "#b5b5b5"},
        {"#5e3c99", "#b39ddb"}, {"#1b7837", "#7fc97f"}, {"#a50f3c", "#f08ca5"}
    };
    /** Marks, each about as large as a dot: square, diamond, triangles up and down, cross. The first is a dot. */
    private static final String[] SHAPES = {
        "",
        "M-4-4h8v8h-8z",
        "M0-5.4l5.4 5.4l-5.4 5.4l-5.4-5.4z",
        "M0-5l5 9h-10z",
        "M0 5l5-9h-10z",
        "M-5-1.5h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z"
    };

    private final StringBuilder body = new StringBuilder();
    private final int width;

    /** @param width of the picture */
    public Svg(int width) {
        this.width = width;
    }

    /** Writes a text; styles are {@code title}, {@code group}, {@code plain} and {@code soft}. */
    public void text(double x, double y, String anchor, String style, String text) {
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                style,
                Markup.text(text)));
    }

    /** Draws a line; styles are {@code grid}, {@code one}, {@code range} and {@code goal}. */
    public void line(double x1, double y1, double x2, double y2, String style) {
        body.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                style));
    }

    /** Draws a line in the colour of a series. */
    public void line(double x1, double y1, double x2, double y2, Look look) {
        line(x1, y1, x2, y2, "l" + look.colour() % SERIES.length + (look.hollow() ? " dashed" : ""));
    }

    /** Draws a line through points, x and y in turn, in the colour of a series. */
    public void path(List<Double> points, int series) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < points.size(); i += 2) {
            text.append(String.format(Locale.ROOT, "%.1f,%.1f ", points.get(i), points.get(i + 1)));
        }
        body.append(String.format(
                "<polyline points=\"%s\" class=\"path l%d\"/>%n",
                text.toString().strip(), series % SERIES.length));
    }

    /** Draws a bar in the colour of a series. */
    public void bar(double x, double y, double length, double height, int series) {
        rectangle(x, y, length, height, series(series));
    }

    /** Draws a bar that leads to a mark, in a faint colour of its series. */
    public void stem(double x, double y, double length, double height, int series) {
        rectangle(x, y, length, height, series(series) + " faint");
    }

    private void rectangle(double x, double y, double length, double height, String style) {
        body.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>%n",
                x,
                y,
                length,
                height,
                style));
    }

    /** Draws a dot in the colour of a series. */
    public void dot(double x, double y, int series) {
        dot(x, y, series(series));
    }

    private void dot(double x, double y, String style) {
        body.append(
                String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" class=\"%s\"/>%n", x, y, style));
    }

    /** Draws a mark. */
    public void mark(double x, double y, Look look) {
        String shape = SHAPES[look.shape() % SHAPES.length];
        String style = series(look.colour()) + (look.hollow() ? " hollow l" + look.colour() % SERIES.length : "");
        if (shape.isEmpty()) {
            dot(x, y, style);
        } else {
            body.append(String.format(
                    Locale.ROOT,
                    "<path d=\"%s\" transform=\"translate(%.1f %.1f)\" class=\"%s\"/>%n",
                    shape,
                    x,
                    y,
                    style));
        }
    }

    private static String series(int series) {
        return "s" + series % SERIES.length;
    }

    /** {@return the picture, so high, as a file of its own} */
    public String finish(double height) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" viewBox=\"0 0 %d %.0f\">%n"
                        + "<style>%n%s</style>%n"
                        + "<rect width=\"100%%\" height=\"100%%\" class=\"ground\"/>%n"
                        + "%s</svg>%n",
                width,
                height,
                width,
                height,
                style(),
                body);
    }

    /**
     * {@return the picture, so high, for a page that has the {@link #style()} and the ground; as wide as there is room}
     *
     * @param what a screen reader says of it
     */
    public String inline(double height, String what) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"%s\">%n"
                        + "%s</svg>%n",
                width,
                height,
                Markup.text(what),
                body);
    }

    /** {@return the style sheet of all pictures} */
    public static String style() {
        return String.format(
                Locale.ROOT,
                "text{font:12px sans-serif;fill:#222}.title{font-size:16px;font-weight:bold}"
                        + ".group{font-weight:bold}.soft{fill:#555}%n"
                        + ".ground{fill:#fff}.grid{stroke:#ddd}.one{stroke:#888}.range{stroke:#222;stroke-width:2}"
                        + ".goal{stroke:#c1121f;stroke-width:3}.faint{opacity:.28}%n"
                        + "%s.hollow{fill:#fff}.dashed{stroke-dasharray:5 3}.path{fill:none}%n"
                        + "@media (prefers-color-scheme:dark){text{fill:#e6e6e6}.soft{fill:#aaa}.ground{fill:#16181d}"
                        + ".grid{stroke:#333}.one{stroke:#888}.range{stroke:#e6e6e6}.goal{stroke:#ff6b6b}%n"
                        + "%s.hollow{fill:#16181d}}%n",
                colours(0),
                colours(1));
    }

    private static String colours(int ground) {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < SERIES.length; i++) {
            String colour = SERIES[i][ground];
            rules.append(".s").append(i).append("{fill:").append(colour).append('}');
            rules.append(".l").append(i).append("{stroke:").append(colour).append(";stroke-width:2}");
        }
        return rules.toString();
    }
}
