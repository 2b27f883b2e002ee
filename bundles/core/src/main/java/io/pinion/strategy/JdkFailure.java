package io.pinion.strategy;

import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/**
 * What the JDK's failures are in Pinion's words. The JDK keeps errno(3) to itself and gives the words of strerror(3), so
 * the words are what there is to go by; what is not known, or is said in another language, is an I/O error with its words.
 */
final class JdkFailure {
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
            Map.entry("No such device or address", Kind.REMOVED),
            Map.entry("Stale file handle", Kind.REMOVED),
            Map.entry("No data available", Kind.MEDIUM_ERROR),
            Map.entry("No medium found", Kind.NOT_READY),
            Map.entry("Connection timed out", Kind.TIMEOUT));

    private JdkFailure() {}

    static Kind kind(IOException e) {
        if (e instanceof ClosedChannelException) {
            return Kind.CLOSED;
        }
        if (e instanceof NoSuchFileException) {
            return Kind.NOT_FOUND;
        }
        if (e instanceof AccessDeniedException) {
            return Kind.ACCESS_DENIED;
        }
        return KINDS.getOrDefault(reason(words(e)), Kind.IO_ERROR);
    }

    /** FileNotFoundException puts the reason behind the path, in parentheses. */
    private static String reason(String words) {
        int open = words.lastIndexOf('(');
        return open >= 0 && words.endsWith(")") ? words.substring(open + 1, words.length() - 1) : words;
    }

    static String words(IOException e) {
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
