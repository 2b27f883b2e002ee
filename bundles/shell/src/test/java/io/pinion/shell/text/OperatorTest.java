package io.pinion.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OperatorTest {
    @Test
    void answers_a_line_at_a_time_until_no_more_is_typed() throws Exception {
        InputStream keyboard = new ByteArrayInputStream(" n lto \n\nq".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        Operator operator = new Operator(true, keyboard, new PrintStream(console, true, StandardCharsets.UTF_8));
        assertThat(operator.isPresent()).isTrue();
        assertThat(operator.ask("where? ")).contains("n lto");
        assertThat(operator.ask("")).contains("");
        assertThat(operator.ask("")).contains("q");
        assertThat(operator.ask("")).isEmpty();
        assertThat(console.toString(StandardCharsets.UTF_8)).isEqualTo("where? ");
    }
}
