package io.pinion.buffered;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/**
 * Turns the JDK's failures into Pinion's. The JDK keeps errno(3) to itself and gives the words of strerror(3), so the
 * words are what there is to go by; what is not known, or is said in another language, is an I/O error with its words.
 */
final class Failures {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("No space left on device", Kind.NO_SPACE),
            Map.entry("Disk quota exceeded", Kind.NO_SPACE),
            Map.entry("File too large", Kind.NO_SPACE),
            Map.entry("Read-only file system", Kind.READ_ONLY),
            Map.entry("Permission denied", Kind.ACCESS_DENIED),
            Map.entry("Operation not permitted", Kind.ACCESS_DENIED),
            Map.entry("No such file or directory", Kind.NOT_FOUND),
            Map.entry("Not a directory", Kind.NOT_FOUND),
            Map.entry("Is a directory", Kind.WRONG_TYPE),
            Map.entry("Text file busy", Kind.IN_USE),
            Map.entry("Too many open files", Kind.NO_RESOURCES),
            Map.entry("Cannot allocate memory", Kind.NO_RESOURCES),
            Map.entry("No such device", Kind.REMOVED),
            Map.entry("Stale file handle", Kind.REMOVED),
            Map.entry("Connection timed out", Kind.TIMEOUT));

    private final Target target;

    Failures(Target target) {
        this.target = target;
    }

    /** {@return the failure of something that has no place in the file} */
    StorageException of(String operation, IOException e) {
        return e instanceof StorageException known
                ? known
                : start(kind(e), operation, words(e)).cause(e).build();
    }

    /** {@return the failure of a transfer} */
    StorageException of(String operation, IOException e, long offset, long length, long transferred) {
        Kind kind = e instanceof StorageException known ? known.kind() : kind(e);
        return start(kind, operation, words(e))
                .range(offset, length)
                .transferred(transferred)
                .cause(e)
                .build();
    }

    /** {@return the failure of a flush, which is of one kind whatever caused it} */
    StorageException flush(IOException e) {
        return start(Kind.FLUSH_FAILED, "flush", words(e)).cause(e).build();
    }

    /** {@return a failure that is known for what it is} */
    StorageException of(Kind kind, String operation, String detail) {
        return start(kind, operation, detail).build();
    }

    private StorageException.Builder start(Kind kind, String operation, String detail) {
        return StorageException.of(kind, operation, detail).target(target).strategy(BufferedStrategy.NAME);
    }

    private static Kind kind(IOException e) {
        if (e instanceof ClosedChannelException) {
            return Kind.CLOSED;
        }
        if (e instanceof NoSuchFileException) {
            return Kind.NOT_FOUND;
        }
        if (e instanceof AccessDeniedException) {
            return Kind.ACCESS_DENIED;
        }
        String words = words(e);
        for (Map.Entry<String, Kind> known : KINDS.entrySet()) {
            if (words.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return Kind.IO_ERROR;
    }

    private static String words(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied: this process's user needs the permission on it";
        }
        if (e instanceof ClosedChannelException) {
            return "the channel is closed";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
