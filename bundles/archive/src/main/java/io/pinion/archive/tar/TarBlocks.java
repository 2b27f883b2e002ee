package io.pinion.archive.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The library's stream, for archives that nobody vouches for: it goes by each header as it is, and takes one that is cut off
 * for the end. Here a header has a checksum that is right, and an archive that is cut off is told from one with an end.
 */
final class TarBlocks extends TarArchiveInputStream {
    /** The unit of an archive. */
    static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

    /** What the headers of no entry that is meant well go beyond, a sparse file's map among them: bytes, and how many there are. */
    private static final int MOST = 4 << 20;

    private static final int MOST_HEADERS = 32;

    private static final int SIZE = 124;
    private static final int TYPE = 156;
    private static final int SPARSE = 386;
    private static final int SPARSE_GOES_ON = 482;
    private static final int SPARSE_ENDS = 495;
    private static final int MORE_SPARSE_GOES_ON = 504;

    private final Bounded bounded;
    private int headers;
    private boolean ended;

    TarBlocks(InputStream input) {
        this(new Bounded(input));
    }

    private TarBlocks(Bounded bounded) {
        super(bounded, BLOCK, StandardCharsets.UTF_8.name());
        this.bounded = bounded;
    }

    /** {@return whether there was a block of zeroes behind an entry} */
    boolean hasEnd() {
        return ended;
    }

    /** {@return the next entry; null at the end} */
    TarArchiveEntry next() throws IOException {
        pass();
        headers = 0;
        bounded.bound(MOST);
        TarArchiveEntry entry = getNextEntry();
        bounded.bound(Long.MAX_VALUE);
        if (entry == null && headers > 0) {
            throw new EOFException("the archive ends behind the first part of a header: it was cut off");
        }
        return entry;
    }

    /** The library would read all that it passes over, the holes of a file, too, and leave a directory's content where it is. */
    private void pass() throws IOException {
        TarArchiveEntry entry = getCurrentEntry();
        if (entry == null) {
            return;
        }
        long passed;
        do {
            passed = skip(Long.MAX_VALUE);
        } while (passed > 0);
        if (entry.isDirectory()) {
            long size = Math.addExact(entry.getSize(), -entry.getSize() & BLOCK - 1);
            if (in.skip(size) < size) {
                throw new EOFException("the archive ends within an entry: it was cut off");
            }
        }
    }

    @Override
    protected byte[] readRecord() throws IOException {
        byte[] block = ended ? new byte[0] : in.readNBytes(BLOCK);
        if (block.length == 0) {
            return null;
        }
        if (block.length < BLOCK) {
            throw cut();
        }
        count(BLOCK);
        if (isEOFRecord(block)) {
            ended = true;
        } else {
            check(block);
        }
        return block;
    }

    private static EOFException cut() {
        return new EOFException("the archive ends within a header: it was cut off");
    }

    private void check(byte[] block) throws IOException {
        if (!TarUtils.verifyCheckSum(block)) {
            throw new IOException("this is no tar archive, or a broken one: a header has a wrong checksum");
        }
        headers++;
        if (headers > MOST_HEADERS) {
            // The library goes down a level of its stack with each.
            throw new IOException("an entry has more than " + MOST_HEADERS + " headers: this is a broken archive");
        }
        if (block[TYPE] == TarConstants.LF_LINK || block[TYPE] == TarConstants.LF_SYMLINK) {
            // pax(1) lets a link have content; GNU tar and ustar give it a size and none.
            Arrays.fill(block, SIZE, SIZE + TarConstants.SIZELEN, (byte) 0);
        }
        if (block[TYPE] == TarConstants.LF_GNUTYPE_SPARSE) {
            passMap(block);
        }
    }

    /** GNU's map of a sparse file goes on in blocks of its own. The library would refuse a file of 8 GiB for the numbers in it. */
    private void passMap(byte[] block) throws IOException {
        boolean more = block[SPARSE_GOES_ON] != 0;
        while (more) {
            byte[] map = in.readNBytes(BLOCK);
            if (map.length < BLOCK) {
                throw cut();
            }
            more = map[MORE_SPARSE_GOES_ON] != 0;
        }
        Arrays.fill(block, SPARSE, SPARSE_ENDS, (byte) 0);
        block[TYPE] = TarKind.PASSED;
    }
}
