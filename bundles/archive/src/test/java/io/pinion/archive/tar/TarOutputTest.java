package io.pinion.archive.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarOutputTest {
    private static final TarOwner NOBODY = new TarOwner(65534, "nobody");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TarOutput output = new TarOutput(written);

    private static TarEntry file(String name, long size) {
        return new TarEntry(name, TarKind.FILE, size, 0644, Instant.ofEpochSecond(1), "", NOBODY, NOBODY);
    }

    private TarInput input() {
        return new TarInput(new ByteArrayInputStream(written.toByteArray()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x1_FFFF_FFFFL, 0x2_0000_0000L, 9L << 40})
    void a_size_of_any_length_is_kept(long size) throws IOException {
        output.begin(file("a", size));
        assertThat(input().next()).contains(file("a", size));
        try (TarArchiveInputStream other = new TarArchiveInputStream(new ByteArrayInputStream(written.toByteArray()))) {
            assertThat(other.getNextEntry().getSize()).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 101, 155, 156, 255, 256, 257, 3000})
    void a_name_of_any_length_is_kept(int length) throws IOException {
        for (String name : new String[] {
            "n".repeat(length),
            ("123456789/".repeat(length / 10 + 1) + "x").substring(0, length).replaceFirst("/$", "x")
        }) {
            written.reset();
            TarEntry entry =
                    new TarEntry(name, TarKind.SYMBOLIC_LINK, 0, 0777, Instant.ofEpochSecond(5), name, NOBODY, NOBODY);
            output.begin(entry);
            output.end();
            assertThat(input().next()).contains(entry);
            try (TarArchiveInputStream other =
                    new TarArchiveInputStream(new ByteArrayInputStream(written.toByteArray()), "UTF-8")) {
                assertThat(other.getNextEntry().getName()).isEqualTo(name);
            }
        }
    }

    @Test
    void numbers_and_names_that_no_header_holds_are_kept() throws IOException {
        TarOwner far = new TarOwner(0xFFFF_FFFFL, "a-user-with-a-name-of-many-letters-ü");
        TarEntry entry =
                new TarEntry("ä".repeat(51), TarKind.DIRECTORY, 0, 0750, Instant.ofEpochSecond(-86_400), "", far, far);
        output.begin(entry);
        assertThat(input().next()).contains(entry);
    }

    @Test
    void gnus_binary_numbers_are_read() throws IOException {
        try (TarArchiveOutputStream other = new TarArchiveOutputStream(written)) {
            other.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            TarArchiveEntry entry = new TarArchiveEntry("a");
            entry.setSize(0);
            entry.setModTime(-5000);
            entry.setIds(1 << 30, 1 << 30);
            other.putArchiveEntry(entry);
            other.closeArchiveEntry();
        }
        TarEntry read = input().next().orElseThrow();
        assertThat(read.modified()).isEqualTo(Instant.ofEpochSecond(-5));
        assertThat(read.owner().id()).isEqualTo(1 << 30);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void a_time_out_of_all_bounds_is_no_reason_to_fail(long seconds) throws IOException {
        byte[] block = new byte[TarFields.BLOCK];
        block[0] = 'a';
        block[136] = (byte) (seconds < 0 ? 0xFF : 0x80);
        for (int i = 0; i < Long.BYTES; i++) {
            block[140 + i] = (byte) (seconds >> Byte.SIZE * (Long.BYTES - 1 - i));
        }
        if (seconds < 0) {
            Arrays.fill(block, 137, 140, (byte) 0xFF);
        }
        TarFields.putChecksum(block);
        written.write(block);
        assertThat(input().next().orElseThrow().modified().getEpochSecond())
                .isEqualTo(seconds < 0 ? -1L << 40 : 1L << 40);
    }

    @Test
    void content_that_is_missing_is_zeroes() throws IOException {
        output.begin(file("a", 700));
        output.write(new byte[] {1, 2, 3}, 3);
        assertThat(output.end()).isEqualTo(697);
        output.finish(10_240);
        assertThat(output.written()).isEqualTo(10_240).isEqualTo(written.size());
        TarInput input = input();
        assertThat(input.next()).isPresent();
        byte[] read = new byte[800];
        assertThat(input.read(read)).isEqualTo(700);
        assertThat(read).startsWith(1, 2, 3, 0);
        assertThat(input.next()).isEmpty();
        assertThat(input.hasEnd()).isTrue();
    }

    @Test
    void more_content_than_was_said_is_refused() throws IOException {
        output.begin(file("a", 2));
        assertThatThrownBy(() -> output.write(new byte[3], 3)).hasMessage("length=3 > left=2");
    }

    @Test
    void an_archive_that_is_cut_off_anywhere_is_told() throws IOException {
        output.begin(file("n".repeat(300), 1000));
        output.end();
        byte[] whole = written.toByteArray();
        for (int length = 1; length < whole.length; length++) {
            InputStream cut = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> all(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut off");
        }
        TarInput input = input();
        input.next();
        assertThat(input.next()).isEmpty();
        assertThat(input.hasEnd()).isFalse();
    }

    private static void all(InputStream stream) throws IOException {
        TarInput input = new TarInput(stream);
        while (input.next().isPresent()) {
            continue;
        }
    }

    /** Whatever is on a tape: it ends, and in no other way than it should. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void what_is_broken_is_told() throws IOException {
        for (int i = 0; i < 3; i++) {
            output.begin(file("n".repeat(300), 1000));
            output.end();
        }
        output.finish(512);
        Random random = new Random(4711);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = written.toByteArray();
            int at = random.nextInt(broken.length);
            Arrays.fill(broken, at, Math.min(broken.length, at + 1 + random.nextInt(8)), (byte) random.nextInt());
            try {
                all(new ByteArrayInputStream(broken));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(5_000, 19_999);
    }

    @Test
    void a_header_is_known_by_its_checksum() throws IOException {
        output.begin(file("a", 0));
        byte[] block = written.toByteArray();
        assertThat(TarInput.isHeader(block, 512)).isTrue();
        assertThat(TarInput.isHeader(block, 511)).isFalse();
        block[0]++;
        assertThat(TarInput.isHeader(block, 512)).isFalse();
        assertThat(TarInput.isHeader(new byte[512], 512)).isFalse();
    }

    @Test
    void names_move_no_cursor() {
        assertThat(Printable.of("a\u001b[2J\nb\u202ec ü")).isEqualTo("a\\033[2J\\012b\\20056c ü");
    }
}
