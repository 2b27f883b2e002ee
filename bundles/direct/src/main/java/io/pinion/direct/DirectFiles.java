package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.Statx;
import io.pinion.linux.direct.DirectMedium;
import io.pinion.linux.direct.Finding;
import io.pinion.linux.direct.OpenFile;
import io.pinion.strategy.StorageException;
import java.nio.file.Path;

/** Regular files. */
final class DirectFiles implements DirectMedium {
    @Override
    public String strategy() {
        return DirectStrategy.NAME;
    }

    @Override
    public String wrongType(Statx stat) {
        return Examiner.wrongType(stat);
    }

    /** When a file was read last others may ask. */
    @Override
    public int flags() {
        return 0;
    }

    @Override
    public Finding find(OpenFile file, Path path) throws StorageException {
        return Examiner.find(file, path);
    }

    @Override
    public boolean isResizable() {
        return true;
    }

    @Override
    public StorageException.Builder failure(String operation, long result) {
        return Errno.failure(operation, result);
    }
}
