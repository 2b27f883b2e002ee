package io.pinion.archive.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The headers of an archive: each tells of one entry, together with those before it that have what it has no room for. */
final class TarHeaders {
    /** What no name and no list of records that is meant well goes beyond. */
    private static final int MOST = 1 << 20;

    /** Some 35,000 years, in seconds. */
    private static final long FAR = 1L << 40;

    private static final int NAME = 100;
    private static final int SPARSE_GOES_ON = 482;
    private static final int MORE_SPARSE_GOES_ON = 504;

    private final InputStream input;
    private final byte[] block = new byte[TarFields.BLOCK];
    private final Map<String, String> global = new HashMap<>();
    private boolean ended;

    TarHeaders(InputStream input) {
        this.input = input;
    }

    boolean hasEnd() {
        return ended;
    }

    /** {@return the next entry; empty at the end, which is two blocks of zeroes, or one, or that of the stream} */
    Optional<TarEntry> next() throws IOException {
        Map<String, String> records = new HashMap<>(global);
        boolean preceded = false;
        while (readBlock(preceded)) {
            switch (block[156]) {
                case 'L' -> records.put("path", longName());
                case 'K' -> records.put("linkpath", longName());
                case 'x', 'X' -> records.putAll(PaxRecords.decode(body()));
                case 'g' -> {
                    Map<String, String> more = PaxRecords.decode(body());
                    global.putAll(more);
                    records.putAll(more);
                }
                default -> {
                    return Optional.of(entry(records));
                }
            }
            preceded = true;
        }
        return Optional.empty();
    }

    /** {@return whether there is a header} */
    private boolean readBlock(boolean needed) throws IOException {
        int read = input.readNBytes(block, 0, block.length);
        boolean zeroes = isZeroes();
        if (needed && (read < block.length || zeroes)) {
            throw new EOFException("the archive ends behind the first part of a header: it was cut off");
        }
        if (read == 0) {
            return false;
        }
        if (read < block.length) {
            throw new EOFException("the archive ends within a header: it was cut off");
        }
        if (zeroes) {
            ended = true;
            return false;
        }
        if (!TarFields.hasChecksum(block)) {
            throw new IOException("this is no tar archive, or a broken one: a header has a wrong checksum");
        }
        return true;
    }

    private boolean isZeroes() {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] body() throws IOException {
        long size = TarFields.number(block, 124, 12);
        if (size < 0 || size > MOST) {
            throw new IOException("a header goes on for " + size + " bytes; at most " + MOST + " make sense");
        }
        byte[] body = input.readNBytes((int) size);
        int padding = TarFields.padding(size);
        if (body.length < size || input.readNBytes(padding).length < padding) {
            throw new EOFException("the archive ends within a header: it was cut off");
        }
        return body;
    }

    private String longName() throws IOException {
        byte[] body = body();
        return TarFields.text(body, 0, body.length);
    }

    private TarEntry entry(Map<String, String> records) throws IOException {
        // What is empty takes a global record back.
        records.values().removeIf(String::isEmpty);
        String name = records.getOrDefault("GNU.sparse.name", records.getOrDefault("path", ownName()));
        TarKind kind = records.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))
                ? TarKind.SPARSE
                : TarKind.of(block[156], name);
        boolean linked = kind == TarKind.HARD_LINK || kind == TarKind.SYMBOLIC_LINK;
        if (block[156] == 'S') {
            passSparseMap();
        }
        String bare = name.replaceFirst("(?<=[^/])/+$", "");
        long size = number(records, "size", 124, 12);
        if (bare.isEmpty() || size < 0) {
            throw new IOException("a header has no name, or a negative size");
        }
        return new TarEntry(
                bare,
                kind,
                // pax(1) lets a link have content; GNU tar and ustar give it a size and none.
                linked ? 0 : size,
                (int) TarFields.number(block, 100, 8),
                time(number(records, "mtime", 136, 12)),
                records.getOrDefault("linkpath", TarFields.text(block, 157, NAME)),
                new TarOwner(number(records, "uid", 108, 8), records.getOrDefault("uname", user(265))),
                new TarOwner(number(records, "gid", 116, 8), records.getOrDefault("gname", user(297))));
    }

    /** What no clock has ever shown is as good as none. */
    private static Instant time(long seconds) {
        return Instant.ofEpochSecond(Math.max(-FAR, Math.min(FAR, seconds)));
    }

    private String ownName() {
        String name = TarFields.text(block, 0, NAME);
        // GNU's magic is "ustar  ": it has other fields where others have the beginning of a long name.
        boolean posix = Arrays.equals(block, 257, 263, "ustar\0".getBytes(StandardCharsets.US_ASCII), 0, 6);
        String prefix = posix ? TarFields.text(block, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String user(int at) {
        boolean old = block[257] == 0;
        return old ? "" : TarFields.text(block, at, 32);
    }

    /** Times have a fraction, which is let go. */
    private long number(Map<String, String> records, String key, int at, int length) throws IOException {
        String said = records.getOrDefault(key, "");
        if (said.isEmpty()) {
            return TarFields.number(block, at, length);
        }
        try {
            return Long.parseLong(said.replaceFirst("\\..*", ""));
        } catch (NumberFormatException e) {
            throw new IOException(key + "=" + Printable.of(said) + " in a pax header is no number", e);
        }
    }

    /** GNU's list of the parts of a sparse file goes on in blocks of its own, before the content. */
    private void passSparseMap() throws IOException {
        boolean more = block[SPARSE_GOES_ON] != 0;
        byte[] next = new byte[TarFields.BLOCK];
        while (more) {
            if (input.readNBytes(next, 0, next.length) < next.length) {
                throw new EOFException("the archive ends within a header: it was cut off");
            }
            more = next[MORE_SPARSE_GOES_ON] != 0;
        }
    }
}
