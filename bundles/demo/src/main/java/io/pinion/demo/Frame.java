package io.pinion.demo;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A block as it is stored: who wrote it, which version, and a check sum. The payload is masked by block and version, so
 * that no sector of one version could be taken for the other's. For one thread; the memory is reused.
 */
final class Frame {
    static final int HEADER = 32;

    private static final int MAGIC = 0x50494e4f;
    private static final int SUM_AT = 28;

    private final Placement placement;
    private final ByteBuffer memory;
    private final CRC32C sum = new CRC32C();

    Frame(Placement placement) {
        this.placement = placement;
        memory = placement.allocate();
    }

    /** {@return where the payload goes before {@link #seal} and where {@link #check} leaves it, ready to be filled or read} */
    ByteBuffer payload(int length) {
        return memory.clear().slice(placement.payloadOffset(), length);
    }

    /** {@return the frame ready to be written, made of the payload} */
    ByteBuffer seal(int writer, int block, long version, int length) {
        mask(block, version, length);
        memory.clear();
        memory.putInt(MAGIC)
                .putInt(writer)
                .putInt(block)
                .putLong(version)
                .putInt(length)
                .putInt(0);
        memory.putInt(SUM_AT, sum(length));
        return ready(length);
    }

    /** {@return the frame ready to be read into} */
    ByteBuffer ready(int length) {
        return memory.clear().limit(placement.span(length));
    }

    /** {@return what is wrong with the frame that was read; empty when it is this version of this block} */
    String check(int writer, int block, long version, int length) {
        memory.clear();
        int magic = memory.getInt();
        int foundWriter = memory.getInt();
        int foundBlock = memory.getInt();
        long foundVersion = memory.getLong();
        int foundLength = memory.getInt();
        int foundSum = memory.getInt(SUM_AT);
        if (magic != MAGIC || foundBlock != block || foundWriter != writer || foundLength != length) {
            return "block=" + block + " of writer=" + writer + " holds magic=" + Integer.toHexString(magic) + " block="
                    + foundBlock + " writer=" + foundWriter + " length=" + foundLength;
        }
        if (foundVersion != version) {
            return "block=" + block + " has version=" + foundVersion + ", acknowledged was version=" + version
                    + (foundVersion < version ? ": a stale read or a lost update" : "");
        }
        if (foundSum != sum(length)) {
            return "block=" + block + " version=" + version + " has sum=" + Integer.toHexString(sum(length))
                    + ", its header says " + Integer.toHexString(foundSum) + ": a torn or damaged write";
        }
        mask(block, version, length);
        return "";
    }

    private int sum(int length) {
        sum.reset();
        sum.update(memory.clear().limit(SUM_AT));
        sum.update(payload(length));
        memory.clear();
        return (int) sum.getValue();
    }

    /** Masking twice restores the payload. */
    private void mask(int block, long version, int length) {
        long word = (version * 0x9e3779b97f4a7c15L) ^ ((long) block << 32);
        ByteBuffer payload = payload(length);
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            payload.putLong(at, payload.getLong(at) ^ word);
        }
        for (; at < length; at++) {
            payload.put(at, (byte) (payload.get(at) ^ word));
        }
    }
}
