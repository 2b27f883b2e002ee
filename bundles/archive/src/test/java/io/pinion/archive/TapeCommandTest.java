package io.pinion.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.CommandFailure;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapeCommandTest {
    private Path directory;
    private Drawer drawer;
    private Shell shell;

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary;
        drawer = new Drawer(directory);
        shell = new Shell(directory, drawer.drives);
    }

    @AfterEach
    void close() {
        shell.close();
        drawer.close();
    }

    /** Two files of two records each, of 3 and 5 bytes. */
    private TapeDrive recorded() throws Exception {
        TapeDrive drive = drawer.open("lto", "");
        TapeResult result = new TapeResult();
        for (int file = 0; file < 2; file++) {
            drive.write(ByteBuffer.wrap(new byte[3]), result);
            drive.write(ByteBuffer.wrap(new byte[5]), result);
            drive.writeFileMarks(1, result);
        }
        drive.rewind(result);
        return drive;
    }

    private void says(String command, String place) throws Exception {
        assertThat(shell.run("tape lto " + command)).containsExactly("lto: " + place);
    }

    @Test
    void a_tape_moves_and_says_where_it_stands() throws Exception {
        recorded();
        says("tell", "at block address 0, in file 0, the beginning, as the drive says");
        says("forward 1", "at block address 3, as the drive says");
        says("forward 2 records", "at block address 5, as the drive says");
        says("back 1 record", "at block address 4, as the drive says");
        says("back 1 marks", "at block address 2, as the drive says");
        says("end", "at block address 6, as the drive says");
        says("locate 1", "at block address 1, as the drive says");
        says("flush", "flushed; at block address 1, in file 0, as the drive says");
        says("rewind", "at block address 0, the beginning, as the drive says");
        says("mark 2", "at block address 2, as the drive says");
        says("end", "at block address 2, as the drive says");
    }

    @Test
    void the_words_of_mt_do() throws Exception {
        recorded();
        says("fsf", "at block address 3, as the drive says");
        says("fsr 2", "at block address 5, as the drive says");
        says("bsr", "at block address 4, as the drive says");
        says("bsf 1", "at block address 2, as the drive says");
        says("eod", "at block address 6, as the drive says");
        says("seek 3", "at block address 3, as the drive says");
        says("weof", "at block address 4, as the drive says");
        says("setblk 512", "fixed: 512 bytes each (512 B)");
        says("offline", "unloaded");
    }

    @Test
    void what_ends_early_is_a_failure_that_says_where() throws Exception {
        recorded();
        assertThatThrownBy(() -> shell.run("tape lto forward 9 records"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        "forward 9 records came to a file mark after 2 records of 9; at block address 3, as the drive"
                                + " says");
        assertThatThrownBy(() -> shell.run("tape lto forward 2"))
                .hasMessage(
                        "forward 2 marks came to the end of data after 1 mark of 2; at block address 6, as the drive"
                                + " says");
        assertThatThrownBy(() -> shell.run("tape lto back 3"))
                .hasMessageStartingWith("back 3 marks came to the beginning of the partition after 2 marks of 3;");
        assertThatThrownBy(() -> shell.run("tape lto locate 7")).hasMessageContaining("; at block address 6");
    }

    @Test
    void a_drive_says_what_it_is_and_how_it_is_set() throws Exception {
        recorded();
        assertThat(shell.run("tape lto block-size 1KiB")).containsExactly("lto: fixed: 1024 bytes each (1 KiB)");
        assertThat(shell.run("tape lto status"))
                .contains("served by       tape-image", "records         fixed: 1024 bytes each (1 KiB)")
                .anyMatch(line -> line.startsWith("state           ready, beginning of partition"))
                .anyMatch(line -> line.startsWith("position        at block address 0, in file 0, the beginning"))
                .anyMatch(line -> line.startsWith("can             fixed blocks"));
    }

    @Test
    void what_is_typed_wrongly_is_told() throws Exception {
        recorded();
        assertThatThrownBy(() -> shell.run("tape lto fly"))
                .hasMessage("there is no operation fly; usage: tape NAME OPERATION …");
        assertThatThrownBy(() -> shell.run("tape lto")).hasMessageStartingWith("something is missing");
        assertThatThrownBy(() -> shell.run("tape lto read --append out"))
                .hasMessage("--append is for write, not for read; usage: tape NAME OPERATION …");
        assertThatThrownBy(() -> shell.run("tape lto rewind --file 2"))
                .hasMessageStartingWith("--file is for read and list, not for rewind;");
        assertThatThrownBy(() -> shell.run("tape lto forward many"))
                .hasMessage("many: allowed: a whole number from 1 on; usage: tape NAME forward N [marks|records]");
        assertThatThrownBy(() -> shell.run("tape lto forward 1 miles"))
                .hasMessageStartingWith("'miles' can't be counted");
        assertThatThrownBy(() -> shell.run("tape lto compression perhaps")).hasMessageContaining("neither on nor off");
        assertThatThrownBy(() -> shell.run("tape lto density 0x100")).hasMessageContaining("from 0 to 255");
        assertThatThrownBy(() -> shell.run("tape lto write --record-size 1parsec lto.tap"))
                .hasMessageContaining("1parsec: allowed: bytes");
    }

    @Test
    void a_drive_that_is_not_there_is_told() throws Exception {
        assertThatThrownBy(() -> shell.run("tape lto tell"))
                .hasMessage("there is no drive lto; a file etc/io.pinion.tape-lto.cfg makes one");
        recorded();
        assertThatThrownBy(() -> shell.run("tape other tell")).hasMessage("there is no drive other; there are: lto");
    }

    @Test
    void a_drive_is_one_commands_at_a_time() throws Exception {
        TapeDrive drive = recorded();
        try (Drives.Use use = drawer.drives.take(drive, "write")) {
            assertThatThrownBy(() -> shell.run("tape lto rewind"))
                    .hasMessage("drive lto is in use by another command: write");
            assertThat(shell.run("tape lto status")).isNotEmpty();
        }
        assertThat(shell.run("tape lto rewind")).isNotEmpty();
    }

    @Test
    void records_of_what_is_no_archive_are_listed() throws Exception {
        recorded();
        assertThat(shell.run("tape lto list"))
                .containsExactly(
                        "1 record of 3 B",
                        "1 record of 5 B",
                        "a file mark",
                        "lto: at block address 3, in file 1, as the drive says");
        assertThat(shell.run("tape lto list --all"))
                .containsExactly(
                        "1 record of 3 B",
                        "1 record of 5 B",
                        "a file mark",
                        "the end of data",
                        "lto: at block address 6, in file 2, as the drive says");
        shell.run("tape lto rewind");
        assertThatThrownBy(() -> shell.run("tape lto read out"))
                .hasMessage("what follows on the tape is no tar archive; 'tape lto list' shows what is");
        says("tell", "at block address 0, in file 0, the beginning, as the drive says");
        shell.run("tape lto end");
        assertThatThrownBy(() -> shell.run("tape lto read out"))
                .hasMessage("lto: nothing to read: here is the end of data");
    }

    /** No buffer is large enough for it, as the drive takes records of one length alone. */
    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_record_that_fixed_mode_does_not_take_ends_the_list() throws Exception {
        TapeDrive drive = drawer.open("lto", "");
        TapeResult result = new TapeResult();
        drive.write(ByteBuffer.allocate(512), result);
        drive.write(ByteBuffer.allocate(1000), result);
        drive.rewind(result);
        shell.run("tape lto block-size 512");
        assertThatThrownBy(() -> shell.run("tape lto list"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("the next record has 1000 bytes, and block.size=512: 'tape lto block-size 0' reads it; at"
                        + " block address 1, as the drive says");
        assertThat(shell.lines()).containsExactly("1 record of 512 B");
        shell.run("tape lto block-size 0");
        assertThat(shell.run("tape lto list")).startsWith("1 record of 1000 B");
    }

    /** Longer than a header, which has a number where these have letters, or bytes of any sort. */
    @ParameterizedTest
    @ValueSource(bytes = {'x', 0, -1, 0x1f})
    void content_of_any_sort_is_no_archive(byte content) throws Exception {
        byte[] bytes = new byte[10_000];
        Arrays.fill(bytes, content);
        drawer.make("lto", bytes, 5_000);
        drawer.open("lto", "");
        assertThat(shell.run("tape lto list")).startsWith("2 records of 4.88 KiB", "a file mark");
        shell.run("tape lto rewind");
        assertThatThrownBy(() -> shell.run("tape lto read out"))
                .hasMessage("what follows on the tape is no tar archive; 'tape lto list' shows what is");
        Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> shell.run("tape lto read file"))
                .hasMessage("directory " + directory.resolve("file") + " can't be had: it is a file");
    }

    @Test
    void a_tape_is_copied_record_by_record() throws Exception {
        recorded();
        drawer.open("copy", "");
        assertThat(shell.run("tape-copy lto copy --files 1"))
                .anyMatch(line -> line.startsWith("lto -> copy: 2 records and 1 file mark, 8 B, "));
        assertThat(shell.run("tape-copy lto copy"))
                .contains(
                        "lto: at block address 6, in file 2, as the drive says",
                        "copy: at block address 6, in file 2, as the drive says");
        assertThat(drawer.file("copy")).hasSameBinaryContentAs(drawer.file("lto"));
        assertThatThrownBy(() -> shell.run("tape-copy lto copy --files none"))
                .hasMessage("--files none: allowed: a whole number from 1 on; usage: tape-copy FROM TO [--files N]");
        assertThatThrownBy(() -> shell.run("tape-copy lto lto")).hasMessageStartingWith("a copy needs two drives");
        assertThatThrownBy(() -> shell.run("tape-copy lto")).hasMessageStartingWith("something is missing");
    }

    @Test
    void completion_knows_drives_and_operations() throws Exception {
        recorded();
        TapeCommand command = new TapeCommand(drawer.drives, Optional.empty());
        assertThat(command._tape_candidates(List.of("pinion:tape"), 1)).containsExactly("lto");
        assertThat(command._tape_candidates(List.of("pinion:tape", "lto"), 2)).contains("status", "rewind", "write");
        assertThat(command._tape_candidates(List.of("pinion:tape-copy", "lto"), 2))
                .containsExactly("lto");
    }

    @Test
    void an_image_that_is_gone_is_no_reason_to_hang() throws Exception {
        recorded();
        shell.run("tape lto unload");
        Files.delete(drawer.file("lto"));
        assertThatThrownBy(() -> shell.run("tape lto list")).isInstanceOf(CommandFailure.class);
    }
}
