package io.pinion.advisor.report;

import io.pinion.advisor.chart.Markup;

/** A page in the making, well-formed as XML. Texts are escaped here, and nowhere else. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Writes markup as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html open(String tag) {
        out.append('<').append(tag).append(">\n");
        return this;
    }

    Html open(String tag, String style) {
        out.append('<').append(tag).append(" class=\"").append(style).append("\">\n");
        return this;
    }

    Html close(String tag) {
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** Writes an element with a text. */
    Html element(String tag, String text) {
        out.append('<').append(tag).append('>').append(Markup.text(text));
        return close(tag);
    }

    Html element(String tag, String style, String text) {
        out.append('<')
                .append(tag)
                .append(" class=\"")
                .append(style)
                .append("\">")
                .append(Markup.text(text));
        return close(tag);
    }

    /** Writes a cell with a figure, and a softer line below where that has a text. */
    Html cell(String text, String below) {
        out.append("<td>").append(Markup.text(text));
        if (!below.isEmpty()) {
            out.append("<small>").append(Markup.text(below)).append("</small>");
        }
        return close("td");
    }

    /** Writes a row of headings, of which the first are above names and the others above figures. */
    Html headings(int names, String... texts) {
        open("thead").open("tr");
        for (int i = 0; i < texts.length; i++) {
            element("th", i < names ? "name" : "figure", texts[i]);
        }
        return close("tr").close("thead");
    }

    /** Writes a name with what it means, in a {@code dl}. */
    Html entry(String name, String text) {
        return element("dt", name).element("dd", text);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
