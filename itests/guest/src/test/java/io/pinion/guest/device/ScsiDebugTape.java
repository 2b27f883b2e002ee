package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tape drive of the kernel's SCSI adapter for tests, scsi_debug, with a blank tape of 10,000 blocks that keeps the first
 * four bytes of each. It warns 20 blocks before the end. There is one at a time.
 */
public final class ScsiDebugTape implements AutoCloseable {
    private static final String MODULE = "scsi_debug";
    private static final Path ADAPTER = Path.of("/sys/bus/pseudo/drivers/scsi_debug/adapter0");

    private final Tape tape;

    /** Plugs it in. */
    public ScsiDebugTape(String... parameters) throws Exception {
        Modules.load("st");
        Modules.load("sg");
        List<String> all = new ArrayList<>(List.of("ptype=1", "delay=0"));
        all.addAll(List.of(parameters));
        Modules.reload(MODULE, all.toArray(String[]::new));
        Await.until("scsi_debug has a tape drive", () -> find().isPresent());
        tape = find().orElseThrow();
        tape.await();
    }

    private static Optional<Tape> find() throws IOException {
        return Sysfs.child(ADAPTER, "scsi_tape").flatMap(Tape::of);
    }

    /** {@return its drive} */
    public Tape tape() {
        return tape;
    }

    /** Resets the drive, as a broken cable or another host would. */
    public void reset() throws IOException, InterruptedException {
        Path generic = Sysfs.child(ADAPTER, "scsi_generic").orElseThrow();
        Command.run("sg_reset", "--device", "/dev/" + generic.getFileName());
    }

    /**
     * Has the drive fail a command once, and do nothing (Documentation/scsi/scsi_debug.rst, error injection).
     *
     * @param command its code (SSC-3)
     * @param sense sense key, additional sense code and its qualifier
     */
    public void fail(int command, int... sense) throws IOException, InterruptedException {
        Path debug = Path.of("/sys/kernel/debug");
        if (!Files.exists(debug.resolve("scsi_debug"))) {
            Command.run("mount", "-t", "debugfs", "debugfs", debug.toString());
        }
        String device =
                Sysfs.child(ADAPTER, "scsi_device").orElseThrow().getFileName().toString();
        // In hexadecimal: of this type, once; no trouble of host or driver, but CHECK CONDITION with this sense data.
        String error = String.format("2 -1 %x 0 0 2 %x %x %x", command, sense[0], sense[1], sense[2]);
        Files.writeString(debug.resolve("scsi_debug").resolve(device).resolve("error"), error);
    }

    /** Takes the tape out past the driver, as the drive's button would. */
    public void eject() throws IOException, InterruptedException {
        Path generic = Sysfs.child(ADAPTER, "scsi_generic").orElseThrow();
        Command.run("sg_start", "--stop", "/dev/" + generic.getFileName());
    }

    /** Takes the adapter away, with its drive and tape. Waits for the last one who has that open. */
    @Override
    public void close() throws Exception {
        Modules.unload(MODULE);
    }
}
