package io.pinion.shell.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void takes_as_many_as_it_should() throws CommandFailure {
        assertThat(Words.of("why NAME", 1, 1, "data").get(0)).isEqualTo("data");
        assertThat(Words.of("strategies [TARGET]", 0, 1).isEmpty()).isTrue();
    }

    @Test
    void says_what_is_wrong_and_how_it_is_typed() {
        assertThatThrownBy(() -> Words.of("why NAME", 1, 1)).hasToString("something is missing; usage: why NAME");
        assertThatThrownBy(() -> Words.of("why NAME", 1, 1, "a", "b")).hasToString("'b' is too much; usage: why NAME");
        assertThatThrownBy(() -> Words.of("why NAME", 1, 1, "--all", "b"))
                .hasToString("unknown option --all; usage: why NAME");
    }

    @Test
    void says_where_help_is() {
        assertThatThrownBy(() -> Words.of("swap NAME STRATEGY", 2, 2, "--help"))
                .hasToString("usage: swap NAME STRATEGY; 'pinion:help swap' explains it");
    }
}
