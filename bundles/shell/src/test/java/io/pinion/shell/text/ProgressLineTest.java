package io.pinion.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressLineTest {
    @AfterEach
    void notInterrupted() {
        Thread.interrupted();
    }

    /** Gogo's terminal is a channel, too, and one that was closed shows nothing more of the whole shell. */
    @Test
    void a_command_that_is_interrupted_leaves_the_terminal_open(@TempDir Path directory) throws Exception {
        Path terminal = directory.resolve("terminal");
        try (FileChannel channel =
                FileChannel.open(terminal, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            PrintStream output = new PrintStream(Channels.newOutputStream(channel), false, StandardCharsets.UTF_8);
            ProgressLine line = new ProgressLine(output, true);
            line.say("a");
            Thread.currentThread().interrupt();
            line.say("b");
            line.end();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(channel.isOpen()).isTrue();
            output.print("c");
            output.flush();
        }
        assertThat(terminal).content().isEqualTo("\r\u001b[Ka\r\u001b[Kb\nc");
    }

    @Test
    void without_a_terminal_each_line_stays(@TempDir Path directory) throws Exception {
        Path printed = directory.resolve("lines");
        try (PrintStream output = new PrintStream(printed.toFile(), StandardCharsets.UTF_8)) {
            ProgressLine line = new ProgressLine(output, false);
            line.say("a");
            line.say("b");
            line.end();
        }
        assertThat(printed).content().isEqualTo("a\nb\n");
    }
}
