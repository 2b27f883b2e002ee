package io.pinion.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.archive.tar.TarEntry;
import io.pinion.archive.tar.TarInput;
import io.pinion.archive.tar.TarKind;
import io.pinion.archive.tar.TarOutput;
import io.pinion.archive.tar.TarOwner;
import io.pinion.shell.text.ProgressLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an archive says, nothing outside the directory is touched, and nothing in it is lost. */
class ExtractionTest {
    private static final TarOwner ROOT = new TarOwner(0, "root");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TarOutput output = new TarOutput(written);
    private boolean finished;
    private Path outside;
    private Path directory;

    @BeforeEach
    void make(@TempDir Path parent) throws IOException {
        outside = Files.writeString(parent.resolve("outside"), "untouched");
        directory = Files.createDirectory(parent.resolve("directory"));
    }

    private void add(String name, TarKind kind, String content, String linkName) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        output.begin(new TarEntry(name, kind, bytes.length, 06777, Instant.EPOCH, linkName, ROOT, ROOT));
        output.write(bytes, bytes.length);
        output.end();
    }

    private List<String> extract(boolean overwrite) throws IOException {
        Transfer transfer =
                new Transfer(new ProgressLine(new PrintStream(OutputStream.nullOutputStream()), false), "read", 0);
        if (!finished) {
            output.finish(512);
            finished = true;
        }
        new Extraction(new Places(directory, overwrite), transfer)
                .run(new TarInput(new ByteArrayInputStream(written.toByteArray())));
        assertThat(outside).hasContent("untouched");
        try (Stream<Path> siblings = Files.list(directory.getParent())) {
            assertThat(siblings).containsExactlyInAnyOrder(directory, outside);
        }
        return transfer.problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/pinion-absolute", "../outside", "a/../../outside", "a/..", ".."})
    void a_name_that_leads_out_is_left_out(String name) throws IOException {
        add(name, TarKind.FILE, "evil", "");
        add("good", TarKind.FILE, "good", "");
        assertThat(extract(true)).singleElement().asString().startsWith(name + ": left out: ");
        assertThat(directory.resolve("good")).hasContent("good");
        assertThat(Path.of("/tmp/pinion-absolute")).doesNotExist();
    }

    @Test
    void nothing_goes_through_a_link_of_the_archive() throws IOException {
        add("a", TarKind.SYMBOLIC_LINK, "", "..");
        add("a/outside", TarKind.FILE, "evil", "");
        assertThat(extract(true)).singleElement().asString().contains("a: left out: a directory is there");
        assertThat(directory.resolve("a/outside")).hasContent("evil");
        assertThat(Files.isDirectory(directory.resolve("a"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void nothing_goes_through_a_link_that_was_there() throws IOException {
        Files.createSymbolicLink(directory.resolve("a"), Path.of(".."));
        Files.createSymbolicLink(directory.resolve("b"), outside);
        add("a/outside", TarKind.FILE, "evil", "");
        add("a", TarKind.DIRECTORY, "", "");
        add("a/new", TarKind.HARD_LINK, "", "good");
        add("b", TarKind.FILE, "replaces the link alone", "");
        assertThat(extract(true)).hasSize(3);
        assertThat(directory.resolve("b")).hasContent("replaces the link alone");
    }

    @Test
    void a_hard_link_leads_to_nothing_outside() throws IOException {
        Files.createSymbolicLink(directory.resolve("a"), Path.of(".."));
        add("one", TarKind.HARD_LINK, "", "../outside");
        add("two", TarKind.HARD_LINK, "", outside.toString());
        add("three", TarKind.HARD_LINK, "", "a/outside");
        add("four", TarKind.HARD_LINK, "", "nothing");
        assertThat(extract(true)).hasSize(4);
        try (Stream<Path> made = Files.list(directory)) {
            assertThat(made).containsExactly(directory.resolve("a"));
        }
    }

    @Test
    void a_file_that_is_its_own_link_stays() throws IOException {
        add("a", TarKind.FILE, "x", "");
        add("a", TarKind.HARD_LINK, "", "./a");
        assertThat(extract(true)).isEmpty();
        assertThat(directory.resolve("a")).hasContent("x");
    }

    @Test
    void symbolic_links_are_made_as_they_are() throws IOException {
        add("a", TarKind.SYMBOLIC_LINK, "", "/etc/hosts");
        assertThat(extract(false)).isEmpty();
        assertThat(Files.readSymbolicLink(directory.resolve("a"))).isEqualTo(Path.of("/etc/hosts"));
    }

    @Test
    void what_is_there_stays_unless_it_is_to_be_replaced() throws IOException {
        Path there = Files.writeString(directory.resolve("there"), "old");
        Files.createLink(directory.resolve("its other name"), there);
        add("there", TarKind.FILE, "new", "");
        assertThat(extract(false)).containsExactly("there: left out: it is there already; --overwrite replaces it");
        assertThat(there).hasContent("old");
        assertThat(extract(true)).isEmpty();
        assertThat(there).hasContent("new");
        assertThat(directory.resolve("its other name")).hasContent("old");
    }

    @Test
    void no_privilege_comes_from_an_archive() throws IOException {
        add("a", TarKind.FILE, "x", "");
        assertThat(extract(false)).isEmpty();
        assertThat((int) Files.getAttribute(directory.resolve("a"), "unix:mode") & 07777)
                .isEqualTo(0777);
    }

    @Test
    void what_is_no_file_is_told() throws IOException {
        add("pipe", TarKind.OTHER, "", "");
        add(".", TarKind.DIRECTORY, "", "");
        add("good", TarKind.FILE, "good", "");
        assertThat(extract(false)).hasSize(1);
        assertThat(directory.resolve("good")).hasContent("good");
    }
}
