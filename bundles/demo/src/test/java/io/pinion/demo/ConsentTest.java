package io.pinion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Operator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Test
    void a_person_who_types_yes_agrees() throws Exception {
        InputStream keyboard = typed("yes\nvolumes\n");
        consent(false, true, keyboard).require("what is on /dev/loop0");
        assertThat(console.toString(StandardCharsets.UTF_8))
                .isEqualTo("this destroys what is on /dev/loop0: type yes to go on: ");
        assertThat(new String(keyboard.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("volumes\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "y\n", "YES\n", "no\n", "yes please\n", "yesyes"})
    void nothing_else_is_agreement(String answer) {
        Consent consent = consent(false, true, typed(answer));
        assertThatThrownBy(() -> consent.require("it"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(answer.strip())
                .hasMessageEndingWith("not yes. Nothing was written");
    }

    @Test
    void without_a_terminal_nobody_is_asked() {
        Consent consent = consent(false, false, typed("yes\n"));
        assertThatThrownBy(() -> consent.require("it"))
                .hasMessage(
                        "this destroys it, and there is no terminal to ask on; --yes allows it. Nothing was written");
        assertThat(console.size()).isZero();
    }

    @Test
    void who_agreed_beforehand_is_not_asked() {
        assertThatCode(() -> consent(true, false, typed("no\n")).require("it")).doesNotThrowAnyException();
        assertThat(console.size()).isZero();
    }

    private Consent consent(boolean given, boolean interactive, InputStream keyboard) {
        PrintStream stream = new PrintStream(console, true, StandardCharsets.UTF_8);
        return new Consent(given, new Operator(interactive, keyboard, stream));
    }

    private static InputStream typed(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
