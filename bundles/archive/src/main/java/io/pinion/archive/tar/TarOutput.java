package io.pinion.archive.tar;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an archive: ustar headers, preceded by a pax header where a name, a size or a number is too large for one. For one
 * thread: {@link #begin}, {@link #write}, {@link #end} for each entry, then {@link #finish}.
 */
public final class TarOutput {
    private static final byte[] ZEROES = new byte[512];
    private static final int PERMISSIONS = 0b111_111_111_111;

    private final OutputStream output;
    private final TarArchiveOutputStream archive;
    private long written;
    private long left;

    /** Writes to a stream, and does not close it. */
    public TarOutput(OutputStream output) {
        this.output = output;
        archive = new TarArchiveOutputStream(new Unclosed(output), StandardCharsets.UTF_8.name());
        archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** Writes the header of an entry, whose content is to follow. */
    public void begin(TarEntry entry) throws IOException {
        archive.putArchiveEntry(header(entry));
        left = entry.size();
    }

    private static TarArchiveEntry header(TarEntry entry) {
        String name = entry.kind() == TarKind.DIRECTORY ? entry.name() + "/" : entry.name();
        TarArchiveEntry header = new TarArchiveEntry(name, entry.kind().flag(), true);
        header.setLinkName(entry.linkName());
        header.setSize(entry.size());
        header.setMode(entry.mode() & PERMISSIONS);
        // Fractions of it would cost each file a pax header of its own.
        header.setLastModifiedTime(FileTime.from(entry.modified().truncatedTo(ChronoUnit.SECONDS)));
        header.setUserId(entry.owner().id());
        header.setUserName(entry.owner().name());
        header.setGroupId(entry.group().id());
        header.setGroupName(entry.group().name());
        return header;
    }

    /**
     * Writes content.
     *
     * @throws IOException also if there is more in all than the header said; nothing of these bytes was written then
     */
    public void write(byte[] bytes, int length) throws IOException {
        archive.write(bytes, 0, length);
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
        archive.closeArchiveEntry();
        return missing;
    }

    /** Ends the archive by two blocks of zeroes, and by more up to a whole record, as tar(1) does. */
    public void finish(int recordSize) throws IOException {
        archive.finish();
        written = archive.getBytesWritten();
        while (written % recordSize != 0) {
            // Not by the library, whose records are whole blocks: a tape's may be of any size.
            int length = (int) Math.min(ZEROES.length, recordSize - written % recordSize);
            output.write(ZEROES, 0, length);
            written += length;
        }
    }

    /**
     * The library closes the stream when a write of its fails, and hides that: what is no whole archive would get the end of one,
     * where the stream's next call goes well.
     */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream output) {
            super(output);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {
            // It is whose the stream is who closes it.
        }
    }
}
