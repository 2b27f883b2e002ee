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
    private static final int MIB = 64;

    private final IscsiUnit unit;
    private final Tape tape;

    /** Serves a drive with a blank tape of {@value #MIB} MiB. */
    public TgtTape() throws Exception {
        this(blank());
    }

    /** Serves a drive with a tape. */
    public TgtTape(Path image, String... parameters) throws Exception {
        Modules.load("st");
        unit = new IscsiUnit(30, "--device-type", "tape", "--backing-store", image.toString());
        for (String parameter : parameters) {
            update(parameter);
        }
        Await.until("there is a tape drive", () -> find().isPresent());
        tape = find().orElseThrow();
        tape.await();
    }

    /** {@return a file with a blank tape} */
    public static Path blank() throws IOException, InterruptedException {
        return blank(MIB);
    }

    /** {@return a file with a blank tape of so many MiB} */
    public static Path blank(int mib) throws IOException, InterruptedException {
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
                Integer.toString(mib),
                "--type",
                "data",
                "--file",
                image.toString());
        return image;
    }

    private static void update(String parameter) throws IOException, InterruptedException {
        IscsiUnit.tgt("--mode", "logicalunit", "--op", "update", "--tid", "1", "--lun", "1", "--params", parameter);
    }

    /** Takes the tape out, which an unload leaves in this drive, and puts another one in. */
    public void change(Path image) throws IOException, InterruptedException {
        update("online=0");
        update("path=" + image);
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
