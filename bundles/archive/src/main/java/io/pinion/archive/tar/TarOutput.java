package io.pinion.archive.tar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes an archive: ustar headers, preceded by a pax header where a name, a size or a number is too large for one. For one
 * thread: {@link #begin}, {@link #write}, {@link #end} for each entry, then {@link #finish}.
 */
public final class TarOutput {
    private static final byte[] ZEROES = new byte[TarFields.BLOCK];
    private static final String PAX_NAME = "PaxHeaders/";
    private static final char PAX = 'x';
    private static final int PERMISSIONS = 0b111_111_111_111;
    private static final int NAME = 100;
    private static final int PREFIX = 155;
    private static final int USER = 32;

    private final OutputStream output;
    private long written;
    private long left;
    private int padding;

    /** Writes to a stream, and does not close it. */
    public TarOutput(OutputStream output) {
        this.output = output;
    }

    /** Writes the header of an entry, whose content is to follow. */
    public void begin(TarEntry entry) throws IOException {
        Map<String, String> more = new LinkedHashMap<>();
        byte[] block = header(entry, more);
        if (!more.isEmpty()) {
            byte[] records = PaxRecords.encode(more);
            put(pax(entry, records.length), TarFields.BLOCK);
            put(records, records.length);
            put(ZEROES, TarFields.padding(records.length));
        }
        put(block, TarFields.BLOCK);
        left = entry.size();
        padding = TarFields.padding(left);
    }

    /** Writes content, no more in all than the header said. */
    public void write(byte[] bytes, int length) throws IOException {
        if (length > left) {
            throw new IllegalArgumentException("length=" + length + " > left=" + left);
        }
        put(bytes, length);
        left -= length;
    }

    /**
     * Ends an entry. What is missing of its content is zeroes: the header has said how long it is.
     *
     * @return how many bytes were missing
     */
    public long end() throws IOException {
        long missing = left;
        while (left > 0) {
            write(ZEROES, (int) Math.min(ZEROES.length, left));
        }
        put(ZEROES, padding);
        padding = 0;
        return missing;
    }

    /** Ends the archive by two blocks of zeroes, and by more up to a whole record, as tar(1) does. */
    public void finish(int recordSize) throws IOException {
        put(ZEROES, ZEROES.length);
        put(ZEROES, ZEROES.length);
        while (written % recordSize != 0) {
            put(ZEROES, (int) Math.min(ZEROES.length, recordSize - written % recordSize));
        }
    }

    /** {@return how many bytes the archive has so far} */
    public long written() {
        return written;
    }

    private void put(byte[] bytes, int length) throws IOException {
        output.write(bytes, 0, length);
        written += length;
    }

    private static byte[] pax(TarEntry entry, int size) {
        byte[] block = new byte[TarFields.BLOCK];
        TarFields.putText(block, 0, NAME, bytes(PAX_NAME + entry.name()));
        numbers(block, 0644, 0, 0, size, 0);
        return sealed(block, PAX);
    }

    /** @param more gets what there is no room for */
    private static byte[] header(TarEntry entry, Map<String, String> more) {
        byte[] block = new byte[TarFields.BLOCK];
        name(block, entry, more);
        byte[] link = bytes(entry.linkName());
        TarFields.putText(block, 157, NAME, link);
        if (link.length > NAME) {
            more.put("linkpath", entry.linkName());
        }
        owner(block, 265, entry.owner(), more, "uname");
        owner(block, 297, entry.group(), more, "gname");
        numbers(
                block,
                entry.mode() & PERMISSIONS,
                fitting(entry.owner().id(), 8, more, "uid"),
                fitting(entry.group().id(), 8, more, "gid"),
                fitting(entry.size(), 12, more, "size"),
                fitting(entry.modified().getEpochSecond(), 12, more, "mtime"));
        return sealed(block, entry.kind().flag());
    }

    private static void name(byte[] block, TarEntry entry, Map<String, String> more) {
        String name = entry.kind() == TarKind.DIRECTORY ? entry.name() + "/" : entry.name();
        byte[] all = bytes(name);
        int cut = cut(all);
        if (cut < 0) {
            more.put("path", name);
        }
        if (cut <= 0) {
            TarFields.putText(block, 0, NAME, all);
            return;
        }
        System.arraycopy(all, cut + 1, block, 0, all.length - cut - 1);
        System.arraycopy(all, 0, block, 345, cut);
    }

    /** {@return at which slash the name is parted to fit; 0 if it need not be, -1 if it can't be} */
    private static int cut(byte[] name) {
        if (name.length <= NAME) {
            return 0;
        }
        for (int at = Math.min(PREFIX, name.length - 2); at >= Math.max(1, name.length - 1 - NAME); at--) {
            if (name[at] == '/') {
                return at;
            }
        }
        return -1;
    }

    private static void owner(byte[] block, int at, TarOwner owner, Map<String, String> more, String key) {
        byte[] name = bytes(owner.name());
        // A zero ends it, unlike a path.
        TarFields.putText(block, at, USER - 1, name);
        if (name.length >= USER) {
            more.put(key, owner.name());
        }
    }

    private static long fitting(long value, int length, Map<String, String> more, String key) {
        if (value >= 0 && value <= TarFields.most(length)) {
            return value;
        }
        more.put(key, Long.toString(value));
        return 0;
    }

    private static void numbers(byte[] block, int mode, long user, long group, long size, long modified) {
        TarFields.putNumber(block, 100, 8, mode);
        TarFields.putNumber(block, 108, 8, user);
        TarFields.putNumber(block, 116, 8, group);
        TarFields.putNumber(block, 124, 12, size);
        TarFields.putNumber(block, 136, 12, modified);
    }

    private static byte[] sealed(byte[] block, char flag) {
        block[156] = (byte) flag;
        TarFields.putText(block, 257, 8, bytes("ustar\00000"));
        TarFields.putChecksum(block);
        return block;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
