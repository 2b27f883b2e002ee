package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A tape drive, and what others say of it. While somebody has it open, they can't say anything but by sysfs.
 *
 * @param number the kernel's, as in {@code nst0}
 */
public record Tape(int number) {
    private static final Pattern NAME = Pattern.compile("n?st(\\d+)[lma]?");
    private static final Pattern BLOCK = Pattern.compile("At block (\\d+)\\.");
    private static final Pattern BLOCK_SIZE = Pattern.compile("Tape block size (\\d+) bytes");
    private static final Pattern STATUS =
            Pattern.compile("File number=(-?\\d+), block number=(-?\\d+), partition=(\\d+)\\.");

    /** {@return the drive that one of its names in sysfs means} */
    static Optional<Tape> of(Path name) {
        Matcher matcher = NAME.matcher(name.getFileName().toString());
        return matcher.matches() ? Optional.of(new Tape(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    /** {@return its node that does not rewind} */
    public Path node() {
        return Path.of("/dev/nst" + number);
    }

    /** {@return its node that rewinds when it is closed} */
    public Path rewindingNode() {
        return Path.of("/dev/st" + number);
    }

    /** Returns when it can be opened. */
    public void await() throws Exception {
        Await.until(
                "there is a " + node(),
                () -> Files.exists(node()) && Command.succeeds("mt-st", "-f", node().toString(), "status"));
    }

    /** {@return what the driver has counted, by its name in the drive's statistics} */
    public long statistic(String name) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/sys/class/scsi_tape/st" + number, "stats", name))
                .strip());
    }

    /** Has mt(1) do something with the tape; {@return what it said} */
    public String mt(String... what) throws IOException, InterruptedException {
        return Command.run(Stream.concat(Stream.of("mt-st", "-f", node().toString()), Stream.of(what))
                .toArray(String[]::new));
    }

    /** {@return the block address, by {@code mt tell}} */
    public long tell() throws IOException, InterruptedException {
        return number(mt("tell"), BLOCK, 1);
    }

    /**
     * {@return how many file marks are before the tape's place, by {@code mt status}; negative when the driver does not know}
     */
    public long fileNumber() throws IOException, InterruptedException {
        return number(mt("status"), STATUS, 1);
    }

    /** {@return the block size, by {@code mt status}; 0 in variable mode} */
    public long blockSize() throws IOException, InterruptedException {
        return number(mt("status"), BLOCK_SIZE, 1);
    }

    private static long number(String said, Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new AssertionError("mt said: " + said);
        }
        return Long.parseLong(matcher.group(group));
    }
}
