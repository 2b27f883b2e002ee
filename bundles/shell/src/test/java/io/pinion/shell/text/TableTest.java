package io.pinion.shell.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_aligned_and_lines_have_no_spaces_at_their_ends() {
        Table table = Table.of("NAME", ">SIZE", "NOTE").row("a", 1, "").row("longer", 1000, "x");
        assertThat(table.lines()).containsExactly("NAME    SIZE  NOTE", "a          1", "longer  1000  x");
    }

    @Test
    void the_last_column_is_wrapped_below_itself() {
        String words = "word ".repeat(40).strip();
        assertThat(Table.of("NAME", "NOTE").row("a", words).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Table.WIDTH))
                .hasSizeGreaterThan(2)
                .last()
                .asString()
                .startsWith("      word");
    }

    @Test
    void a_long_word_stays_whole() {
        String path = "/" + "x".repeat(300);
        assertThat(Table.of("TARGET").row(path).lines()).containsExactly("TARGET", path);
    }

    @Test
    void a_row_has_a_cell_for_each_column() {
        assertThatThrownBy(() -> Table.of("A", "B").row("a")).hasMessageContaining("cells=1, columns=2");
    }
}
