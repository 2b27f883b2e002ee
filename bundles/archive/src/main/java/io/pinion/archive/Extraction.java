package io.pinion.archive;

import io.pinion.archive.tar.Printable;
import io.pinion.archive.tar.TarEntry;
import io.pinion.archive.tar.TarInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes files out of an archive. An entry without a {@linkplain Places place} is left out and told of. Symbolic links are made
 * last, as they are, wherever they lead: nothing is written through one. Permissions and times are the archive's; owners are
 * whoever does this, and set-user-id bits are dropped.
 */
final class Extraction {
    private static final int PART = 256 << 10;
    private static final int HIGHEST = 0b100_000_000;
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

    private final Places places;
    private final Transfer transfer;
    private final byte[] buffer = new byte[PART];
    private final List<TarEntry> links = new ArrayList<>();
    /** The latest is on top: the time of what is above changes when something is put into it. */
    private final Deque<TarEntry> directories = new ArrayDeque<>();

    Extraction(Places places, Transfer transfer) {
        this.places = places;
        this.transfer = transfer;
    }

    /**
     * Takes out all that there is.
     *
     * @throws IOException of the archive, which ends it; and when a file can't be written to its end, for which it is removed
     */
    void run(TarInput input) throws IOException {
        for (Optional<TarEntry> next = input.next(); next.isPresent(); next = input.next()) {
            TarEntry entry = next.get();
            place(entry, () -> one(input, entry));
        }
        if (!input.hasEnd()) {
            transfer.problem("the archive", "it has no end: it was cut off between two files");
        }
        for (TarEntry entry : links) {
            place(entry, () -> Files.createSymbolicLink(vacant(entry), Path.of(entry.linkName())));
        }
        directories.forEach(this::adorn);
    }

    /** Placing of an entry. */
    private interface Placing {
        void run() throws IOException;
    }

    private void place(TarEntry entry, Placing placing) throws IOException {
        try {
            placing.run();
        } catch (Places.NotPlaced e) {
            transfer.problem(entry.name(), e.getMessage());
        } catch (FileSystemException | InvalidPathException e) {
            transfer.problem(entry.name(), "left out: " + e);
        }
    }

    private void one(TarInput input, TarEntry entry) throws IOException {
        switch (entry.kind()) {
            case FILE -> file(input, entry);
            case DIRECTORY -> directory(entry);
            case HARD_LINK -> hardLink(entry);
            case SYMBOLIC_LINK -> links.add(entry);
            case SPARSE -> throw new Places.NotPlaced("left out: a sparse file, as tar -S makes it; tar(1) reads it");
            default -> throw new Places.NotPlaced("left out: it is neither a file, a directory nor a link");
        }
        transfer.done();
    }

    private void directory(TarEntry entry) throws IOException {
        Path place = places.of(entry.name());
        boolean isNew = !Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        places.make(place);
        if (isNew || places.overwrites() && !places.isRoot(place)) {
            directories.addFirst(entry);
        }
    }

    private void hardLink(TarEntry entry) throws IOException {
        Path first = places.of(entry.linkName());
        if (!Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS)) {
            throw new Places.NotPlaced(
                    "left out: a link to " + Printable.of(entry.linkName()) + ", which is no file here");
        }
        if (places.of(entry.name()).equals(first)) {
            return;
        }
        places.make(first.getParent());
        Files.createLink(vacant(entry), first);
    }

    /** {@return the entry's place, where nothing is} */
    private Path vacant(TarEntry entry) throws IOException {
        Path place = places.of(entry.name());
        if (places.isRoot(place)) {
            throw new Places.NotPlaced("left out: it has the directory's own name");
        }
        places.make(place.getParent());
        places.clear(place);
        return place;
    }

    private void file(TarInput input, TarEntry entry) throws IOException {
        Path place = vacant(entry);
        Set<StandardOpenOption> fresh = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        SeekableByteChannel channel = Files.newByteChannel(place, fresh, PosixFilePermissions.asFileAttribute(OWN));
        boolean complete = false;
        try (channel) {
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                write(channel, ByteBuffer.wrap(buffer, 0, read), place);
                transfer.moved(read, entry.name());
            }
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(place);
            }
        }
        adorn(entry);
    }

    private static void write(SeekableByteChannel channel, ByteBuffer bytes, Path place) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new IOException(place + " can't be written: " + e.getMessage(), e);
        }
    }

    private void adorn(TarEntry entry) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((entry.mode() & HIGHEST >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        try {
            Path place = places.of(entry.name());
            Files.setPosixFilePermissions(place, permissions);
            Files.setLastModifiedTime(place, FileTime.from(entry.modified()));
        } catch (IOException e) {
            transfer.problem(entry.name(), "its permissions or its time could not be set: " + e);
        }
    }
}
