package io.pinion.linux.direct;

import io.pinion.linux.Statx;
import io.pinion.strategy.StorageException;
import java.nio.file.Path;

/** What a strategy knows of the sort of thing that it serves by O_DIRECT. Safe for any thread; it holds nothing. */
public interface DirectMedium {
    /** {@return the name of the strategy, for what is told of failures} */
    String strategy();

    /** {@return why what is at a path is of the wrong sort to be opened, and what serves it; empty when it is of the right one} */
    String wrongType(Statx stat);

    /** {@return O_… of open(2) that it is opened with, besides O_DIRECT and those of its access} */
    int flags();

    /**
     * Finds out whether an open target can be served, and what it asks of transfers. Changes nothing of it.
     *
     * @param file stays the caller's
     * @param path what was opened, for the words
     */
    Finding find(OpenFile file, Path path) throws StorageException;

    /** {@return whether the length is the application's to change, and grows with a write at the end} */
    boolean isResizable();

    /**
     * Starts the exception for a transfer that failed; the caller adds target, strategy and range.
     *
     * @param operation {@code read} or {@code write}
     * @param result {@code -errno}
     */
    StorageException.Builder failure(String operation, long result);
}
