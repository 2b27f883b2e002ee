package io.pinion.benchmarks.report;

import java.util.Locale;

/** A picture in the making: SVG 1.1 that reads on light and dark ground. Coordinates are pixels. */
final class Svg {
    /** Colours of series, told apart also by those who see few: fill on light ground, and on dark. */
    private static final String[][] SERIES = {
        {"#0b6e99", "#4db6e2"}, {"#d95f02", "#f4a261"}, {"#7a7a7a", "#b5b5b5"},
        {"#5e3c99", "#b39ddb"}, {"#1b7837", "#7fc97f"}, {"#a50f3c", "#f08ca5"}
    };

    private final StringBuilder body = new StringBuilder();
    private final int width;

    Svg(int width) {
        this.width = width;
    }

    void text(double x, double y, String anchor, String style, String text) {
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                style,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        body.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                style));
    }

    void bar(double x, double y, double length, double height, int series) {
        body.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>%n",
                x,
                y,
                length,
                height,
                series(series)));
    }

    void dot(double x, double y, int series) {
        body.append(String.format(
                Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" class=\"%s\"/>%n", x, y, series(series)));
    }

    private static String series(int series) {
        return "s" + series % SERIES.length;
    }

    /** {@return the picture, so high} */
    String finish(double height) {
        StringBuilder light = new StringBuilder();
        StringBuilder dark = new StringBuilder();
        for (int i = 0; i < SERIES.length; i++) {
            light.append(".s").append(i).append("{fill:").append(SERIES[i][0]).append('}');
            dark.append(".s").append(i).append("{fill:").append(SERIES[i][1]).append('}');
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" viewBox=\"0 0 %d %.0f\">%n"
                        + "<style>%n"
                        + "text{font:12px sans-serif;fill:#222}.title{font-size:16px;font-weight:bold}"
                        + ".group{font-weight:bold}.soft{fill:#555}%n"
                        + ".ground{fill:#fff}.grid{stroke:#ddd}.one{stroke:#888}.range{stroke:#222;stroke-width:2}"
                        + ".goal{stroke:#c1121f;stroke-width:3}%n"
                        + "%s%n"
                        + "@media (prefers-color-scheme:dark){text{fill:#e6e6e6}.soft{fill:#aaa}.ground{fill:#16181d}"
                        + ".grid{stroke:#333}.one{stroke:#888}.range{stroke:#e6e6e6}.goal{stroke:#ff6b6b}%s}%n"
                        + "</style>%n"
                        + "<rect width=\"100%%\" height=\"100%%\" class=\"ground\"/>%n"
                        + "%s</svg>%n",
                width,
                height,
                width,
                height,
                light,
                dark,
                body);
    }
}
