package io.pinion.guest.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A block device, and what is really on it: past Pinion, and past the page cache.
 *
 * @param name the kernel's, as in {@code /sys/block} and {@code /dev}
 */
public record Disk(String name) {
    private static final int SECTOR = 512;

    /** What the JDK's direct channel wants offsets, lengths and addresses to be multiples of, whatever the device wants. */
    private static final int BLOCK = 4096;

    /** {@return its node} */
    public Path node() {
        return Path.of("/dev", name);
    }

    /** {@return its folder in sysfs} */
    public Path sys() {
        return Path.of("/sys/class/block", name);
    }

    /** {@return its size in bytes, as sysfs has it} */
    public long size() throws IOException {
        return number("size") * SECTOR;
    }

    /** {@return a figure that sysfs has of it, by its path there, such as {@code queue/logical_block_size}} */
    public long number(String attribute) throws IOException {
        return Long.parseLong(Files.readString(sys().resolve(attribute)).strip());
    }

    /** {@return the device's bytes there; offset and length are multiples of 4096} */
    public byte[] read(long offset, int length) throws IOException {
        ByteBuffer buffer = buffer(length);
        try (FileChannel device = FileChannel.open(node(), StandardOpenOption.READ, direct())) {
            while (buffer.hasRemaining() && device.read(buffer, offset + buffer.position()) > 0) {}
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Puts bytes onto the device; offset and length are multiples of 4096. */
    public void write(long offset, byte[] bytes) throws IOException {
        ByteBuffer buffer = buffer(bytes.length).put(bytes).flip();
        try (FileChannel device = FileChannel.open(node(), StandardOpenOption.WRITE, direct())) {
            while (buffer.hasRemaining()) {
                device.write(buffer, offset + buffer.position());
            }
        }
    }

    /** ExtendedOpenOption.DIRECT, by its name: compilers warn of the class, though it is supported. */
    private static OpenOption direct() {
        try {
            return (OpenOption) Class.forName("com.sun.nio.file.ExtendedOpenOption")
                    .getField("DIRECT")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no ExtendedOpenOption.DIRECT", e);
        }
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocateDirect(length + BLOCK).alignedSlice(BLOCK).slice(0, length);
    }
}
