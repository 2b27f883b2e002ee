package io.pinion.archive;

import io.pinion.archive.tar.TarEntry;
import io.pinion.archive.tar.TarOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;

/**
 * Puts files into an archive. What can't be read is left out, or is zeroes from there on, and is told of; what can't be written
 * ends it.
 */
final class ArchiveWriter implements Selection.Visitor {
    private static final int PART = 256 << 10;

    private final TarOutput output;
    private final Transfer transfer;
    private final FileEntry entries = new FileEntry();
    private final byte[] buffer = new byte[PART];

    ArchiveWriter(TarOutput output, Transfer transfer) {
        this.output = output;
        this.transfer = transfer;
    }

    @Override
    public void visit(Selection.Named file) throws IOException {
        TarEntry entry;
        try {
            entry = entries.of(file.path(), file.name());
        } catch (IOException e) {
            transfer.problem(file.name(), "left out: " + e);
            return;
        }
        switch (entry.kind()) {
            case OTHER -> transfer.problem(file.name(), "left out: it is a device, a pipe or a socket");
            case FILE -> regular(file, entry);
            default -> {
                output.begin(entry);
                output.end();
                transfer.done();
            }
        }
    }

    @Override
    public void lacks(Selection.Named directory, IOException reason) {
        transfer.problem(directory.name(), "what is in it is left out: " + reason);
    }

    private void regular(Selection.Named file, TarEntry entry) throws IOException {
        InputStream content;
        try {
            content = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            transfer.problem(file.name(), "left out: " + e);
            return;
        }
        try (content) {
            output.begin(entry);
            copy(content, file.name(), entry.size());
            long missing = output.end();
            if (missing > 0) {
                transfer.problem(file.name(), "its last " + missing + " bytes could not be read, and are zeroes");
            }
        }
        transfer.done();
    }

    /** The size was told before: what a file has grown by since is not for this archive. */
    private void copy(InputStream content, String name, long size) throws IOException {
        long left = size;
        while (left > 0) {
            int read = read(content, (int) Math.min(buffer.length, left), name);
            if (read < 0) {
                return;
            }
            output.write(buffer, read);
            left -= read;
            transfer.moved(read, name);
        }
    }

    private int read(InputStream content, int length, String name) {
        try {
            return content.read(buffer, 0, length);
        } catch (IOException e) {
            transfer.problem(name, e.toString());
            return -1;
        }
    }
}
