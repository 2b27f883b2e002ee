package io.pinion.shell.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns. A column whose heading starts with {@code >} is aligned to the right. The last column is
 * wrapped between words, so that the table fits {@link #WIDTH} where its words do.
 */
public final class Table {
    /** How many columns of the terminal a table may take. */
    public static final int WIDTH = 118;

    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> headings) {
        this.headings = headings;
    }

    /** {@return an empty table with these headings} */
    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    /** Adds a row, with a cell for every column. */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("cells=" + cells.length + ", columns=" + headings.size());
        }
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
        return this;
    }

    /** {@return the lines, headings first, without spaces at their ends} */
    public List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        append(lines, headings.stream().map(Table::title).toList(), widths);
        rows.forEach(row -> append(lines, row, widths));
        return lines;
    }

    /** {@return text in lines of at most {@code width} characters where its words allow; one line at least} */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void append(List<String> lines, List<String> row, int[] widths) {
        StringBuilder start = new StringBuilder();
        int last = row.size() - 1;
        for (int column = 0; column < last; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            start.append(isRight(column) ? padding + cell : cell + padding).append(GAP);
        }
        if (isRight(last)) {
            lines.add(start + " ".repeat(widths[last] - row.get(last).length()) + row.get(last));
            return;
        }
        String indent = start.toString();
        for (String part : wrap(row.get(last), Math.max(WIDTH - start.length(), 30))) {
            lines.add((indent + part).stripTrailing());
            indent = " ".repeat(start.length());
        }
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            int widest =
                    rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0);
            widths[column] = Math.max(widest, title(headings.get(column)).length());
        }
        return widths;
    }

    private boolean isRight(int column) {
        return headings.get(column).startsWith(">");
    }

    private static String title(String heading) {
        return heading.startsWith(">") ? heading.substring(1) : heading;
    }
}
