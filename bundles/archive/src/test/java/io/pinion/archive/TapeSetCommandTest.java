package io.pinion.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that no one tape holds. */
class TapeSetCommandTest {
    /** The tree takes three of these. */
    private static final String SMALL = "?capacity=384KiB&early-warning=96KiB";

    private static final String WRITE = "write --record-size 32KiB tree";

    private Path directory;
    private Path tree;
    private Drawer drawer;
    private Shell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        tree = Tree.make(Files.createDirectory(directory.resolve("tree")));
        drawer = new Drawer(directory);
        for (String name : List.of("a", "b", "c", "d")) {
            drawer.open(name, SMALL);
        }
        shell = new Shell(directory, drawer.drives);
    }

    @AfterEach
    void close() {
        shell.close();
        drawer.close();
    }

    private List<String> typing(String typed, String command) throws Exception {
        return typing(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), command);
    }

    /** Has somebody type a command, and the answers. */
    private List<String> typing(InputStream typed, String command) throws Exception {
        shell.close();
        shell = new Shell(directory, drawer.drives, typed);
        return shell.run(command);
    }

    private void rewind(String... names) throws Exception {
        for (String name : names) {
            shell.run("tape " + name + " load");
        }
    }

    private void assertBack() throws Exception {
        assertThat(Tree.describe(directory.resolve("back/tree"))).isEqualTo(Tree.describe(tree));
    }

    @Test
    void it_goes_on_in_the_drives_that_were_named_and_is_read_so() throws Exception {
        assertThat(shell.run("tape a --next b,c,d " + WRITE))
                .containsSubsequence("tape 2 of the set: in drive b", "tape 3 of the set: in drive c")
                .last()
                .asString()
                .matches("c: 12 files and directories, 685 KiB, .*/s, \\d+ records of 32 KiB on 3 tapes of set \\S+;"
                        + " at block address .*");
        assertThat(drawer.file("d")).isEmptyFile();
        rewind("a", "b", "c");
        assertThat(shell.run("tape a read back --next b,c"))
                .last()
                .asString()
                .startsWith("c: 12 files and directories, ")
                .contains(" on 3 tapes of set ");
        assertBack();
        rewind("a", "b", "c");
        List<String> listed = shell.run("tape a list --next b,c");
        assertThat(listed.get(0)).startsWith("an archive on a set of tapes, ");
        assertThat(listed)
                .anyMatch(line -> line.endsWith(" tree/large"))
                .anyMatch(line -> line.endsWith(" tree/small"))
                .contains("the end of the set, on tape 3 of it")
                .last()
                .asString()
                .startsWith("c: at block address ");
    }

    @Test
    void the_operator_is_asked_and_may_name_drives() throws Exception {
        assertThat(typing("n b\nn c\n", "tape a -M " + WRITE))
                .contains("a: ejected", "b: ejected")
                .anyMatch(line -> line.matches("Put in tape 2 of set \\S+\\. Enter: it is in; .*"));
        rewind("a", "b", "c");
        typing("n b\nn c\n", "tape a read back");
        assertBack();
    }

    /** The second files of the tapes, one after the other, are what any tar reads. */
    @Test
    void another_program_needs_the_second_file_of_each_tape() throws Exception {
        shell.run("tape a --next b,c " + WRITE);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (String name : List.of("a", "b", "c")) {
            whole.writeBytes(drawer.files(name).get(1));
        }
        Path archive = Files.write(directory.resolve("archive"), whole.toByteArray());
        Tree.tar(List.of("--compare", "-f", archive.toString(), "-C", directory.toString()));
    }

    @Test
    void what_fits_is_on_one_tape_of_a_set() throws Exception {
        assertThat(typing("", "tape a -M write --record-size 32KiB tree/small"))
                .last()
                .asString()
                .contains(" on 1 tape of set ")
                .doesNotContain("ejected");
        shell.run("tape a rewind");
        assertThat(shell.run("tape a read back")).last().asString().contains(" on 1 tape of set ");
        assertThat(directory.resolve("back/tree/small")).hasContent("hello");
    }

    @Test
    void a_tape_that_is_not_the_one_is_refused_and_asked_for_again() throws Exception {
        shell.run("tape a --next b,c " + WRITE);
        rewind("a", "b", "c");
        shell.run("tape d write --record-size 32KiB tree/small");
        assertThat(typing("n d\n\nn nowhere\nwhat\nn c\nn b\nn c\n", "tape a read back"))
                .contains("d: it is a tape without a label of Pinion's; wanted is tape 2 of set " + set())
                .anyMatch(line -> line.endsWith("there is no drive nowhere; there are: a, b, c, d"))
                .anyMatch(line -> line.startsWith("c: it is tape 3 of set "));
        assertBack();
    }

    /** {@return the set of the tape in drive a} */
    private String set() throws Exception {
        String label = new String(drawer.files("a").get(0), StandardCharsets.UTF_8);
        return label.lines()
                .filter(line -> line.startsWith("set="))
                .findAny()
                .orElseThrow()
                .substring(4);
    }

    @Test
    void a_tape_of_the_set_is_not_written_over() throws Exception {
        assertThatThrownBy(() -> typing("\nq\n", "tape a -M " + WRITE)).isInstanceOf(CommandFailure.class);
        assertThat(shell.lines())
                .contains("a: it is tape 1 of set " + set()
                        + ", where another is wanted for tape 2: what is on it would be lost");
    }

    @Test
    void the_first_tape_is_asked_for_when_it_is_another() throws Exception {
        shell.run("tape a --next b,c " + WRITE);
        rewind("a", "b", "c");
        assertThatThrownBy(() -> shell.run("tape b list"))
                .hasMessageContaining("it is tape 2 of set " + set() + "; wanted is tape 1 of set " + set());
        typing("n a\nn b\nn c\n", "tape b read back");
        assertBack();
    }

    @Test
    void without_a_next_tape_it_says_what_is_written() throws Exception {
        assertThatThrownBy(() -> shell.run("tape a -M " + WRITE))
                .hasMessage("there is no terminal to ask on for the next tape: name drives with --next; nothing was"
                        + " written; usage: tape NAME OPERATION …");
        assertThat(drawer.file("a")).isEmptyFile();
        assertThatThrownBy(() -> shell.run("tape a --next b " + WRITE))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("the tape is full, and no next one was given for record ")
                .hasMessageContaining("; --next NAMES says in which drives the next ones are; set " + set()
                        + " is not finished, and what is on its tapes is no whole archive; at block address ");
        for (String typed : List.of("q\n", "")) {
            rewind("a");
            assertThatThrownBy(() -> typing(typed, "tape a -M " + WRITE))
                    .hasMessageContaining(" is not finished, and what is on its tapes is no whole archive;"
                            + " the tape of drive a was ejected");
        }
        rewind("a", "b");
        assertThatThrownBy(() -> shell.run("tape a read back --next b"))
                .hasMessageContaining("--next NAMES says in which drives the next ones are")
                .hasMessageContaining(" were read before");
        assertThatThrownBy(() -> shell.run("tape c " + WRITE)).hasMessageContaining("--multi-volume goes on");
    }

    /** An operator who stops the command while it asks is no operator who gives up: nothing is left taken. */
    @Test
    void it_can_be_interrupted_while_it_asks() throws Exception {
        InputStream stopping = new InputStream() {
            @Override
            public int read() throws InterruptedIOException {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped");
            }
        };
        assertThatThrownBy(() -> typing(stopping, "tape a -M " + WRITE))
                .hasMessageStartingWith("interrupted; set ")
                .hasMessageEndingWith("the tape of drive a was ejected");
        rewind("a");
    }

    @Test
    void drives_are_the_commands_own_and_each_is_named_once() throws Exception {
        try (Drives.Use use = drawer.drives.take(drawer.drives.find("b"), "list")) {
            assertThatThrownBy(() -> shell.run("tape a --next b " + WRITE))
                    .hasMessage("drive b is in use by another command: list");
        }
        assertThatThrownBy(() -> shell.run("tape a --next b,a " + WRITE))
                .hasMessageContaining("drive a is named twice");
        assertThatThrownBy(() -> shell.run("tape a --next b rewind"))
                .hasMessageStartingWith("--next is for write and read and list, not for rewind;");
        assertThat(drawer.file("a")).isEmptyFile();
        shell.run("tape b rewind");
    }
}
