package io.pinion.benchmarks.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A zram device of its own (Documentation/admin-guide/blockdev/zram.rst); one that is there already is left alone. */
final class ZramDevice extends BlockDevice {
    private static final Path CONTROL = Path.of("/sys/class/zram-control");

    private String number = "";

    ZramDevice(long size) {
        super(size);
    }

    /** Reading hot_add makes a device. */
    @Override
    synchronized void setUp() throws IOException {
        Path add = CONTROL.resolve("hot_add");
        if (!Files.exists(add)) {
            throw new IOException("needs zram: " + add + " is missing (modprobe zram)");
        }
        if (!Files.isReadable(add)) {
            throw new IOException("needs root, to set up a zram device");
        }
        number = Files.readString(add).strip();
        Files.writeString(attribute("disksize"), Long.toString(size()));
        if (!Files.exists(path())) {
            throw new IOException("needs devtmpfs at /dev: there is no " + path() + " for the device that was made");
        }
    }

    @Override
    synchronized void remove() throws IOException {
        if (number.isEmpty()) {
            return;
        }
        try {
            Files.writeString(CONTROL.resolve("hot_remove"), number);
        } catch (IOException e) {
            throw new IOException(path() + ": " + e.getMessage(), e);
        }
        number = "";
    }

    @Override
    String name() {
        return "zram" + number;
    }

    @Override
    String way() {
        return "never written";
    }
}
