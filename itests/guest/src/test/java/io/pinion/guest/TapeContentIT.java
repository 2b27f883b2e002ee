package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Command;
import io.pinion.guest.device.Tape;
import io.pinion.guest.device.TapeUse;
import io.pinion.guest.device.TgtTape;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on a tape: GNU tar reads what Pinion wrote, and the reverse; and what the driver counted is what was moved. */
@InGuest
class TapeContentIT {
    /** What tar calls a blocking factor of 128. */
    private static final int RECORD = 65_536;

    private static final int FILES = 12;

    private static Path files(Path directory) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        Files.createDirectories(directory);
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = new byte[random.nextInt(400_000)];
            random.nextBytes(bytes);
            Files.write(directory.resolve("file" + i), bytes);
        }
        return directory;
    }

    private static String checksum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void variable(Tape tape) throws Exception {
        tape.mt("setblk", "0");
        tape.mt("rewind");
    }

    private static void rewound(TapeUse use) throws Exception {
        use.channel().rewind(use.result());
    }

    /** With channels that succeed each other in the middle of it: no mark, no gap. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tar_reads_what_pinion_wrote(boolean swapping) throws Exception {
        Path folder = Files.createTempDirectory("tar");
        Path files = files(folder.resolve("files"));
        Path archive = folder.resolve("archive");
        Command.run("tar", "-b", "128", "-cf", archive.toString(), "-C", folder.toString(), "files");
        byte[] bytes = Files.readAllBytes(archive);
        try (TgtTape drive = new TgtTape()) {
            variable(drive.tape());
            try (TapeUse use = new TapeUse(drive.tape())) {
                rewound(use);
                ByteBuffer memory = TapeUse.memory(RECORD);
                for (int at = 0; at < bytes.length; at += RECORD) {
                    memory.clear().put(bytes, at, Math.min(RECORD, bytes.length - at));
                    TapeResult result = use.result();
                    use.channel().write(memory.flip(), result);
                    assertEquals(Outcome.DONE, result.outcome());
                    if (swapping) {
                        use.swap();
                    }
                }
                use.channel().writeFileMarks(1, use.result());
                rewound(use);
            }
            String tape = drive.tape().node().toString();
            Command.run("tar", "-b", "128", "-df", tape, "-C", folder.toString());
            drive.tape().mt("rewind");
            Path back = Files.createDirectories(folder.resolve("back"));
            Command.run("tar", "-b", "128", "-xf", tape, "-C", back.toString());
            for (int i = 0; i < FILES; i++) {
                assertEquals(
                        checksum(Files.readAllBytes(files.resolve("file" + i))),
                        checksum(Files.readAllBytes(back.resolve("files/file" + i))));
            }
            System.out.println("guest: tar read " + bytes.length + " bytes in records of " + RECORD + " written by tape"
                    + (swapping ? ", a swap between any two," : "") + " as SHA-256 " + checksum(bytes));
        }
    }

    @Test
    void pinion_reads_what_tar_wrote() throws Exception {
        Path folder = Files.createTempDirectory("tar");
        files(folder.resolve("files"));
        Path archive = folder.resolve("archive");
        try (TgtTape drive = new TgtTape()) {
            variable(drive.tape());
            String tape = drive.tape().node().toString();
            Command.run("tar", "-b", "128", "-cf", tape, "-C", folder.toString(), "files");
            try (TapeUse use = new TapeUse(drive.tape());
                    OutputStream out = Files.newOutputStream(archive)) {
                rewound(use);
                ByteBuffer memory = TapeUse.memory(1 << 20);
                TapeResult result = use.result();
                use.channel().read(memory.clear(), result);
                while (result.outcome() == Outcome.DONE) {
                    assertEquals(RECORD, result.count());
                    byte[] record = new byte[memory.flip().remaining()];
                    memory.get(record);
                    out.write(record);
                    result.clear();
                    use.channel().read(memory.clear(), result);
                }
                assertEquals(Outcome.FILE_MARK, result.outcome());
            }
            Command.run("tar", "-b", "128", "-df", archive.toString(), "-C", folder.toString());
            System.out.println("guest: tape read " + Files.size(archive) + " bytes written by tar as SHA-256 "
                    + checksum(Files.readAllBytes(archive)));
        }
    }

    /** Records of every kind of length, from and into every kind of memory. */
    @Test
    void records_come_back_as_they_were_written() throws Exception {
        try (TgtTape drive = new TgtTape()) {
            variable(drive.tape());
            try (TapeUse use = new TapeUse(drive.tape())) {
                rewound(use);
                int[] lengths = {4, 512, 4096, 10_000, 65_536, 262_144, 1 << 20};
                SplittableRandom random = new SplittableRandom(2);
                byte[][] written = new byte[lengths.length * 3][];
                for (int i = 0; i < written.length; i++) {
                    written[i] = new byte[lengths[i / 3]];
                    random.nextBytes(written[i]);
                    use.channel()
                            .write(
                                    memory(i, lengths[i / 3])
                                            .put(written[i])
                                            .flip()
                                            .position(0),
                                    use.result());
                }
                use.channel().writeFileMarks(1, use.result());
                rewound(use);
                for (int i = 0; i < written.length; i++) {
                    ByteBuffer room = memory(i + 1, 1 << 20);
                    use.channel().read(room, use.result());
                    byte[] read = new byte[room.flip().remaining()];
                    room.get(read);
                    assertArrayEquals(written[i], read, "record " + i);
                }
                // Of the memories above: heap, and direct that is off a page.
                assertTrue(use.meter().counts().get("heap buffer").bounces() > 0, use.meter()::toString);
                assertTrue(use.meter()
                                .counts()
                                .get("buffer address is not a multiple of 4096")
                                .bounces()
                        > 0);
            }
        }
    }

    private static ByteBuffer memory(int kind, int length) {
        return switch (kind % 3) {
            case 0 -> ByteBuffer.allocate(length);
            case 1 -> TapeUse.memory(length);
            default -> TapeUse.memory(length + 4).slice(4, length);
        };
    }

    /** It neither knows where the tape stands nor locates: what leads back to a record is counting, and said to be. */
    @Test
    void records_are_found_by_counting() throws Exception {
        try (TgtTape drive = new TgtTape()) {
            variable(drive.tape());
            try (TapeUse use = new TapeUse(drive.tape())) {
                TapeChannel channel = use.channel();
                assertEquals(Source.UNKNOWN, channel.position().source());
                rewound(use);
                TapeResult result = use.result();
                for (int i = 0; i < 9; i++) {
                    if (i == 5) {
                        channel.writeFileMarks(1, result);
                    } else {
                        channel.write(TapeUse.memory(1000 + i), result);
                    }
                    assertEquals(i + 1, result.blockAddress());
                    assertEquals(Source.COUNTED, result.source());
                }
                ByteBuffer memory = TapeUse.memory(RECORD);
                for (int address : new int[] {7, 3, 4, 0, 6}) {
                    channel.locate(TapePosition.at(Source.COUNTED, 0, address), result);
                    assertEquals(address, result.blockAddress());
                    channel.read(memory.clear(), result);
                    assertEquals(1000 + address, result.count());
                }
                assertTrue(
                        use.meter().counts().toString().contains("can't locate"),
                        use.meter().counts()::toString);
            }
        }
    }

    /** The driver's own counters, an independent witness. */
    @Test
    void the_drivers_statistics_agree() throws Exception {
        try (TgtTape drive = new TgtTape()) {
            Tape tape = drive.tape();
            variable(tape);
            long writes = tape.statistic("write_cnt");
            long written = tape.statistic("write_byte_cnt");
            long reads = tape.statistic("read_cnt");
            try (TapeUse use = new TapeUse(tape)) {
                rewound(use);
                for (int i = 0; i < 30; i++) {
                    use.channel().write(TapeUse.memory(20_000), use.result());
                }
                use.channel().writeFileMarks(1, use.result());
                rewound(use);
                for (int i = 0; i < 30; i++) {
                    use.channel().read(TapeUse.memory(20_000), use.result());
                }
                assertEquals(0, use.meter().bouncedBytes(), use.meter().counts()::toString);
            }
            assertEquals(30, tape.statistic("write_cnt") - writes);
            assertEquals(30 * 20_000, tape.statistic("write_byte_cnt") - written);
            assertEquals(30, tape.statistic("read_cnt") - reads);
        }
    }

    /** Figures alone: an emulated drive in an emulated machine has no speed to be held to. */
    @ParameterizedTest
    @ValueSource(ints = {65_536, 262_144, 1 << 20})
    void rates_beside_dd(int record) throws Exception {
        int count = (16 << 20) / record;
        try (TgtTape drive = new TgtTape()) {
            Tape tape = drive.tape();
            variable(tape);
            String node = tape.node().toString();
            long start = System.nanoTime();
            Command.run("dd", "if=/dev/zero", "of=" + node, "bs=" + record, "count=" + count);
            double ddWrites = rate(start);
            tape.mt("rewind");
            start = System.nanoTime();
            Command.run("dd", "if=" + node, "of=/dev/null", "bs=" + record, "count=" + count);
            double ddReads = rate(start);
            try (TapeUse use = new TapeUse(tape)) {
                rewound(use);
                ByteBuffer memory = TapeUse.memory(record);
                TapeChannel channel = use.channel();
                TapeResult result = use.result();
                start = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    channel.write(memory.clear(), result);
                }
                channel.writeFileMarks(1, result);
                double writes = rate(start);
                rewound(use);
                start = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    channel.read(memory.clear(), result);
                    assertEquals(record, result.count());
                }
                double reads = rate(start);
                System.out.println(String.format(
                        Locale.ROOT,
                        "guest: records of %d KiB on tgt: tape writes %.1f and reads %.1f MiB/s, dd %.1f and %.1f",
                        record >> 10,
                        writes,
                        reads,
                        ddWrites,
                        ddReads));
            }
        }
    }

    private static double rate(long start) {
        return 16 / ((System.nanoTime() - start) / 1e9);
    }
}
