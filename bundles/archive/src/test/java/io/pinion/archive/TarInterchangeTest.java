package io.pinion.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.archive.tar.TarInput;
import io.pinion.archive.tar.TarOutput;
import io.pinion.shell.text.ProgressLine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here is read by GNU tar and by commons-compress, and the reverse. */
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
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive))) {
            new Extraction(new Places(back, false), transfer).run(new TarInput(file));
        }
        assertThat(transfer.problems()).isEmpty();
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

    @Test
    void commons_compress_reads_what_is_written_here() throws Exception {
        write();
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream input = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                names.add(entry.getName().replaceFirst("^\\./", "").replaceFirst("/$", ""));
                if (entry.getName().equals("./large")) {
                    assertThat(input.readAllBytes()).isEqualTo(Files.readAllBytes(tree.resolve("large")));
                }
            }
        }
        assertThat(names)
                .hasSize(Tree.describe(tree).size() + 1)
                .containsAll(Tree.describe(tree).keySet());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_commons_compress_writes_is_read_here(boolean posix) throws Exception {
        String name = "x/" + Tree.LONG;
        try (TarArchiveOutputStream output = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            output.setLongFileMode(posix ? TarArchiveOutputStream.LONGFILE_POSIX : TarArchiveOutputStream.LONGFILE_GNU);
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(1000);
            output.putArchiveEntry(entry);
            output.write(new byte[1000]);
            output.closeArchiveEntry();
        }
        read();
        assertThat(Files.size(back.resolve(name))).isEqualTo(1000);
    }
}
