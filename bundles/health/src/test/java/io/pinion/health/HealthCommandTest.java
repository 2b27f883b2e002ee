package io.pinion.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
    private final HealthCommand command = new HealthCommand();
    private final PrintStream output = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void takeOutput() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveOutputBack() {
        System.setOut(output);
    }

    private HealthCheck add(String name, Status status, String message) {
        HealthCheck check = () -> new Result(status, message);
        command.addCheck(check, Map.of(HealthCheck.NAME, name));
        return check;
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void it_prints_what_each_check_finds_by_name() throws Exception {
        add("b", Status.WARN, "not so good");
        add("a", Status.OK, "fine");
        command.health();
        assertThat(printed().lines()).containsExactly("a: OK", "  fine", "b: WARN", "  WARN: not so good");
    }

    @Test
    void it_fails_on_what_is_critical_and_when_ready_is_asked_on_what_waits() {
        HealthCheck waiting = add("volumes", Status.TEMPORARILY_UNAVAILABLE, "one waits");
        assertThatCode(command::health).doesNotThrowAnyException();
        assertThatThrownBy(() -> command.health("--ready")).hasToString("volumes: TEMPORARILY UNAVAILABLE");
        command.removeCheck(waiting);
        add("flush", Status.CRITICAL, "one failed");
        assertThatThrownBy(command::health).hasToString("flush: CRITICAL");
    }

    @Test
    void a_check_that_throws_has_failed_itself() {
        command.addCheck(
                () -> {
                    throw new IllegalStateException("a defect");
                },
                Map.of(HealthCheck.NAME, "odd"));
        assertThatThrownBy(command::health).hasToString("odd: HEALTH CHECK ERROR");
        assertThat(printed()).contains("the check itself failed: java.lang.IllegalStateException: a defect");
    }

    @Test
    void no_check_and_an_unknown_word_are_failures() {
        assertThatThrownBy(command::health).hasMessageStartingWith("there is no health check");
        add("a", Status.OK, "fine");
        assertThatThrownBy(() -> command.health("--raedy")).hasMessage("unknown: --raedy; usage: health [--ready]");
    }
}
