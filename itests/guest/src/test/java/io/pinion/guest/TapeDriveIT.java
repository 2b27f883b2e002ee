package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Await;
import io.pinion.guest.device.Command;
import io.pinion.guest.device.ScsiDebugTape;
import io.pinion.guest.device.Tape;
import io.pinion.guest.device.TapeUse;
import io.pinion.guest.device.TgtTape;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.tape.st.TapeStrategy;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A drive as applications have it: configured, kept over swaps and over an update of what serves it. */
@InGuest
class TapeDriveIT {
    private static final int RECORD = 65_536;
    private static final String NAME = "backup";

    private final SystemCalls calls = new LibC();

    private Pinion pinion() {
        Pinion pinion = Pinion.start();
        pinion.guard(new LinuxTargetGuard(calls));
        add(pinion, "other", new TapeStrategy(calls));
        return pinion;
    }

    private static Pinion.Registration add(Pinion pinion, String name, IoStrategy strategy) {
        return pinion.add(name, strategy, Shape.TAPE, Set.of("path"), 0);
    }

    private static TapeDrive drive(Pinion pinion, Tape tape) throws StorageException {
        pinion.configureTape(NAME, Map.of("target", tape.node().toString(), "strategy", "tape,other"));
        return pinion.tape(NAME, Await.BOUND);
    }

    /** GNU tar finds one archive in what was written by two strategies and by two versions of one. */
    @Test
    void an_archive_is_written_through_swaps_and_an_update() throws Exception {
        Path folder = Files.createTempDirectory("tar");
        byte[] bytes = archive(folder);
        try (TgtTape device = new TgtTape()) {
            device.tape().mt("setblk", "0");
            try (Pinion pinion = pinion()) {
                Pinion.Registration old = add(pinion, "tape", new TapeStrategy(calls));
                TapeDrive drive = drive(pinion, device.tape());
                TapeResult result = new TapeResult();
                drive.rewind(result);
                int records = bytes.length / RECORD;
                ByteBuffer memory = TapeUse.memory(RECORD);
                for (int i = 0; i < records; i++) {
                    if (i == records / 4 || i == records / 2) {
                        SwapReport report = pinion.admin().swap(NAME, i == records / 4 ? "other" : "tape");
                        assertTrue(report.isServing(), report::toString);
                    }
                    if (i == records * 3 / 4) {
                        // As a bundle that is updated in place: gone for a moment, and back.
                        old.close();
                        add(pinion, "tape", new TapeStrategy(calls));
                    }
                    drive.write(memory.clear().put(bytes, i * RECORD, RECORD).flip(), result);
                    assertEquals(Outcome.DONE, result.outcome());
                    assertEquals(i + 1, result.blockAddress());
                }
                drive.writeFileMarks(1, result);
                drive.rewind(result);
            }
            Command.run("tar", "-b", "128", "-df", device.tape().node().toString(), "-C", folder.toString());
        }
    }

    private static byte[] archive(Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        Path files = Files.createDirectories(folder.resolve("files"));
        for (int i = 0; i < 6; i++) {
            byte[] content = new byte[300_000];
            random.nextBytes(content);
            Files.write(files.resolve("file" + i), content);
        }
        Path archive = folder.resolve("archive");
        Command.run("tar", "-b", "128", "-cf", archive.toString(), "-C", folder.toString(), "files");
        return Files.readAllBytes(archive);
    }

    /** Whoever serves it, a drive that was reset transfers nothing until the tape was put somewhere. */
    @Test
    void a_reset_is_known_to_the_successor() throws Exception {
        try (ScsiDebugTape device = new ScsiDebugTape();
                Pinion pinion = pinion()) {
            add(pinion, "tape", new TapeStrategy(calls));
            TapeDrive drive = drive(pinion, device.tape());
            TapeResult result = new TapeResult();
            for (int i = 0; i < 4; i++) {
                drive.write(TapeUse.memory(RECORD), result);
            }
            drive.flush();
            device.reset();
            assertUnknown(drive);
            pinion.admin().swap(NAME, "other");
            assertUnknown(drive);
            drive.spaceToEndOfData(result);
            assertEquals(4, drive.position().blockAddress());
            drive.write(TapeUse.memory(RECORD), result);
            assertEquals(5, result.blockAddress());
        }
    }

    /** Whoever uses the drive next finds it as it was, though a strategy has left and come back in between. */
    @Test
    void settings_are_as_they_were_once_the_configuration_is_deleted() throws Exception {
        try (ScsiDebugTape device = new ScsiDebugTape();
                Pinion pinion = pinion()) {
            device.tape().mt("setblk", "512");
            Pinion.Registration old = add(pinion, "tape", new TapeStrategy(calls));
            TapeDrive drive = drive(pinion, device.tape());
            drive.setBlockSize(2048);
            old.close();
            add(pinion, "tape", new TapeStrategy(calls));
            assertEquals(2048, drive.status().blockSize());
            pinion.delete(NAME);
            device.tape().await();
            assertEquals(512, device.tape().blockSize());
        }
    }

    private static void assertUnknown(TapeDrive drive) {
        StorageException failure =
                assertThrows(StorageException.class, () -> drive.write(TapeUse.memory(RECORD), new TapeResult()));
        assertEquals(Kind.POSITION_UNKNOWN, failure.kind(), failure::getMessage);
    }
}
