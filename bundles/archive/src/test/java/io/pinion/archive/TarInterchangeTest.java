package io.pinion.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.archive.tar.TarInput;
import io.pinion.archive.tar.TarOutput;
import io.pinion.shell.text.ProgressLine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here is read by GNU tar, and the reverse. */
class TarInterchangeTest {
    private static final int RECORD = 64 << 10;

    private final Transfer transfer =
            new Transfer(new ProgressLine(new PrintStream(OutputStream.nullOutputStream()), false), "moved", 0);

    private Path tree;
    private Path archive;
    private Path back;

    @BeforeEach
    void make(@TempDir Path directory) throws IOException {
        tree = Tree.make(Files.createDirectory(directory.resolve("tree")));
        archive = directory.resolve("archive.tar");
        back = Files.createDirectory(directory.resolve("back"));
    }

    private void write() throws Exception {
        try (OutputStream file = Files.newOutputStream(archive)) {
            TarOutput output = new TarOutput(file);
            Selection.of(tree, List.of(".")).visit(new ArchiveWriter(output, transfer));
            output.finish(RECORD);
        }
        assertThat(transfer.problems()).isEmpty();
        assertThat(Files.size(archive) % RECORD).isZero();
    }

    private void read() throws IOException {
        extract();
        assertThat(transfer.problems()).isEmpty();
    }

    private void extract() throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive))) {
            new Extraction(new Places(back, false), transfer).run(new TarInput(file));
        }
    }

    @Test
    void gnu_tar_reads_what_is_written_here() throws Exception {
        write();
        Tree.tar(List.of("--compare", "-f", archive.toString(), "-C", tree.toString()));
        Tree.tar(List.of("-x", "-p", "-f", archive.toString(), "-C", back.toString()));
        assertThat(Tree.describe(back)).isEqualTo(Tree.describe(tree));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "oldgnu", "posix", "ustar", "v7"})
    void what_gnu_tar_writes_is_read_here(String format) throws Exception {
        if (format.equals("ustar") || format.equals("v7")) {
            // These have no room for such names.
            Files.delete(tree.resolve("far"));
            Files.delete(tree.resolve("d".repeat(60)).resolve("e".repeat(60)).resolve(Tree.LONG));
        }
        if (format.equals("v7")) {
            Files.delete(tree.resolve("d".repeat(60)).resolve("e".repeat(60)).resolve("parted at a slash"));
            Files.delete(tree.resolve("d".repeat(60)).resolve("e".repeat(60)));
        }
        Tree.tar(List.of("-c", "-H", format, "-f", archive.toString(), "-C", tree.toString(), "."));
        read();
        assertThat(seconds(Tree.describe(back))).isEqualTo(seconds(Tree.describe(tree)));
    }

    /** Its directories have content then, and its headers times where others have the beginning of a name. */
    @Test
    void what_gnu_tar_writes_incrementally_is_read_here() throws Exception {
        Tree.tar(List.of("-c", "-G", "-H", "gnu", "-f", archive.toString(), "-C", tree.toString(), "."));
        read();
        assertThat(seconds(Tree.describe(back))).isEqualTo(seconds(Tree.describe(tree)));
    }

    /** Times that the test did not set are kept by the second. */
    private static TreeMap<String, String> seconds(TreeMap<String, String> described) {
        described.replaceAll((name, text) -> text.replaceFirst("(:\\d\\d)\\.\\d+Z", "$1Z"));
        return described;
    }

    @Test
    void what_is_written_here_is_read_here() throws Exception {
        write();
        read();
        assertThat(Tree.describe(back)).isEqualTo(Tree.describe(tree));
        assertThat(Files.getLastModifiedTime(back.resolve("empty")).toInstant()).isEqualTo(Tree.THEN);
    }

    /** What is passed over costs no time, however large the holes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gnu",
                "oldgnu",
                "posix --sparse-version=0.0",
                "posix --sparse-version=0.1",
                "posix --sparse-version=1.0"
            })
    void what_follows_a_file_with_holes_is_read(String format) throws Exception {
        archiveOfHoles(format, format.startsWith("posix") ? 50 << 20 : 50L << 30);
        extract();
        assertThat(transfer.problems())
                .containsExactly("holes: left out: a sparse file, as tar -S makes it; tar(1) reads it");
        assertThat(back.resolve("small")).hasContent("hello");
    }

    /** The library takes its size for an int: docs/decisions/0025. */
    @Test
    void a_large_file_with_holes_in_a_pax_archive_is_told() throws Exception {
        archiveOfHoles("posix", 50L << 30);
        assertThatThrownBy(this::extract).isInstanceOf(IOException.class).hasMessageContaining("Unable to parse int");
    }

    /** Of 40 parts, more than a header has room for. */
    private void archiveOfHoles(String format, long distance) throws Exception {
        Path holes = tree.resolve("holes");
        try (FileChannel file = FileChannel.open(holes, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int part = 0; part < 40; part++) {
                file.write(ByteBuffer.wrap(new byte[] {1}), part * distance);
            }
        }
        List<String> arguments =
                new ArrayList<>(List.of("-c", "-S", "-f", archive.toString(), "-C", tree.toString(), "-H"));
        arguments.addAll(List.of(format.split(" ")));
        arguments.addAll(List.of("holes", "small"));
        Tree.tar(arguments);
    }
}
