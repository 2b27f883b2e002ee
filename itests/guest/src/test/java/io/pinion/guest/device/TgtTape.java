package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A tape drive by iSCSI, which tgtd emulates, with a tape in a file. It keeps what is written; but it cannot tell where the
 * tape stands, nor locate, it spaces over file marks as over records, and at the end of data it reads on.
 */
public final class TgtTape implements AutoCloseable {
    private final IscsiUnit unit;
    private final Tape tape;

    /** Serves a drive with a blank tape of 64 MiB. */
    public TgtTape() throws Exception {
        this(blank());
    }

    /** Serves a drive with a tape. */
    public TgtTape(Path image, String... parameters) throws Exception {
        Modules.load("st");
        unit = new IscsiUnit(30, "--device-type", "tape", "--backing-store", image.toString());
        for (String parameter : parameters) {
            IscsiUnit.tgt("--mode", "logicalunit", "--op", "update", "--tid", "1", "--lun", "1", "--params", parameter);
        }
        Await.until("there is a tape drive", () -> find().isPresent());
        tape = find().orElseThrow();
        tape.await();
    }

    /** {@return a file with a blank tape} */
    public static Path blank() throws IOException, InterruptedException {
        Path image = Files.createTempDirectory("tape").resolve("image");
        Command.run(
                "tgtimg",
                "--op",
                "new",
                "--device-type",
                "tape",
                "--barcode",
                "TAPE01",
                "--size",
                "64",
                "--type",
                "data",
                "--file",
                image.toString());
        return image;
    }

    private static Optional<Tape> find() throws IOException {
        return IscsiUnit.find("scsi_tape").flatMap(Tape::of);
    }

    /** {@return its drive} */
    public Tape tape() {
        return tape;
    }

    @Override
    public void close() throws Exception {
        unit.close();
    }
}
