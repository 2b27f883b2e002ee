package io.pinion.guest.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a part of a device should hold. It begins as bytes that differ from place to place; whatever is written to the device is
 * written here too, and at the end both are compared byte for byte: a neighbour that was touched shows.
 */
public final class Content {
    private final long start;
    private final byte[] bytes;
    private int seed;

    private Content(long start, int length) {
        this.start = start;
        bytes = fresh(length);
    }

    /** Puts content onto a device, past Pinion; start and length are multiples of 4096. */
    public static Content on(Disk disk, long start, int length) throws IOException {
        Content content = new Content(start, length);
        disk.write(start, content.bytes);
        return content;
    }

    /** Expects content that is yet to be written. */
    public static Content expected(long start, int length) {
        return new Content(start, length);
    }

    private byte[] fresh(int length) {
        byte[] fresh = new byte[length];
        new SplittableRandom(start + ++seed).nextBytes(fresh);
        return fresh;
    }

    /** Writes other bytes to a volume there. */
    public void write(Volume volume, long position, int length) throws StorageException {
        assertEquals(length, volume.write(next(position, length), position));
    }

    /** {@return other bytes to be written there: a direct buffer of so many} */
    public ByteBuffer next(long position, int length) {
        byte[] fresh = fresh(length);
        System.arraycopy(fresh, 0, bytes, index(position), length);
        return ByteBuffer.allocateDirect(length).put(fresh).flip();
    }

    /** Bytes there are zeroes by now. */
    public void zero(long position, int length) {
        Arrays.fill(bytes, index(position), index(position) + length, (byte) 0);
    }

    private int index(long position) {
        return Math.toIntExact(position - start);
    }

    /** Fails unless a volume has it there. */
    public void check(Volume volume, long position, int length) throws StorageException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        assertEquals(length, volume.read(buffer, position), "read at " + position);
        check(buffer.flip(), position);
    }

    /** Fails unless the buffer holds, in what remains of it, what should be there. */
    public void check(ByteBuffer buffer, long position) {
        byte[] found = new byte[buffer.remaining()];
        buffer.get(found);
        compare(found, position);
    }

    /** Fails unless the device itself has all of it. */
    public void check(Disk disk) throws IOException {
        compare(disk.read(start, bytes.length), start);
    }

    private void compare(byte[] found, long position) {
        int from = index(position);
        int mismatch =
                Arrays.mismatch(found, 0, found.length, bytes, from, Math.min(from + found.length, bytes.length));
        if (mismatch >= 0) {
            fail("the byte at " + (position + mismatch) + " is not what it should be (the first of those from "
                    + position + " on)");
        }
    }
}
