package io.pinion.archive.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
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
        }
    }

    @Test
    void numbers_and_names_that_no_header_holds_are_kept() throws IOException {
        TarOwner far = new TarOwner(0xFFFF_FFFFL, "a-user-with-a-name-of-letters-ü");
        TarEntry entry =
                new TarEntry("ä".repeat(51), TarKind.DIRECTORY, 0, 0750, Instant.ofEpochSecond(-86_400), "", far, far);
        output.begin(entry);
        assertThat(input().next()).contains(entry);
    }

    /** An archive that was not written to its end is not to look as if it was. */
    @Test
    void a_stream_that_fails_is_not_closed() throws IOException {
        boolean[] closed = {false};
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new InterruptedIOException("interrupted");
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        TarOutput failed = new TarOutput(failing);
        assertThatThrownBy(() -> {
                    failed.begin(file("a", 100_000));
                    failed.write(new byte[100_000], 100_000);
                })
                .isInstanceOf(InterruptedIOException.class);
        assertThat(closed[0]).isFalse();
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

    /** Gives a header that was changed the checksum that it has now. */
    private static void seal(byte[] blocks, int at) {
        byte[] block = Arrays.copyOfRange(blocks, at, at + 512);
        Arrays.fill(block, 148, 156, (byte) ' ');
        TarUtils.formatCheckSumOctalBytes(TarUtils.computeCheckSum(block), blocks, at + 148, 8);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1L << 62, Long.MAX_VALUE})
    void a_time_out_of_all_bounds_is_no_reason_to_fail(long seconds) throws IOException {
        output.begin(file("a", 0));
        byte[] block = written.toByteArray();
        written.reset();
        block[136] = (byte) (seconds < 0 ? 0xFF : 0x80);
        Arrays.fill(block, 137, 140, (byte) (seconds < 0 ? 0xFF : 0));
        ByteBuffer.wrap(block).putLong(140, seconds);
        seal(block, 0);
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
        assertThat(written.size()).isEqualTo(10_240);
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
        assertThatThrownBy(() -> output.write(new byte[3], 3)).isInstanceOf(IOException.class);
        assertThat(output.end()).isEqualTo(2);
    }

    @Test
    void an_archive_that_is_cut_off_anywhere_is_told() throws IOException {
        output.begin(file("n".repeat(300), 1000));
        output.end();
        byte[] whole = written.toByteArray();
        for (int length = 1; length < whole.length; length++) {
            InputStream cut = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> all(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
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

    @Test
    void headers_that_never_come_to_an_entry_are_told() throws IOException {
        output.begin(new TarEntry("n", TarKind.OTHER, 0, 0, Instant.EPOCH, "", NOBODY, NOBODY));
        byte[] header = written.toByteArray();
        header[156] = 'x';
        seal(header, 0);
        written.reset();
        for (int i = 0; i < 100_000; i++) {
            written.write(header);
        }
        assertThatThrownBy(() -> input().next())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("an entry has more than 32 headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "K"})
    void a_name_without_end_is_told_before_memory_is_out(String type) throws IOException {
        output.begin(file("n", 1L << 32));
        byte[] header = written.toByteArray();
        header[156] = (byte) type.charAt(0);
        seal(header, 0);
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < header.length ? header[at++] : 'n';
            }
        };
        assertThatThrownBy(() -> new TarInput(endless).next())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the headers of an entry go on for more");
    }

    /** GNU's incremental archives have the names in a directory as its content; old ones have sizes of links that have none. */
    @Test
    void what_follows_a_directory_with_content_or_a_link_with_a_size_is_read() throws IOException {
        output.begin(file("d", 700));
        output.end();
        int link = written.size();
        output.begin(new TarEntry("l", TarKind.HARD_LINK, 0, 0644, Instant.EPOCH, "a", NOBODY, NOBODY));
        output.end();
        output.begin(file("a", 3));
        output.end();
        byte[] all = written.toByteArray();
        all[1] = '/';
        all[156] = 'D';
        seal(all, 0);
        all[link + 130] = '7';
        seal(all, link);
        TarInput input = new TarInput(new ByteArrayInputStream(all));
        assertThat(input.next()).map(TarEntry::kind).contains(TarKind.DIRECTORY);
        assertThat(input.next()).map(TarEntry::kind).contains(TarKind.HARD_LINK);
        assertThat(input.next()).contains(file("a", 3));
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
