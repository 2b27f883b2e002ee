package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.TapeDrive;

/** The ending of a stream on one tape: a file mark, or none. */
record FileMarks(Figures figures, boolean wanted) implements Ending {
    @Override
    public TapeWriter begin(TapeDrive drive) throws StorageException {
        return new TapeWriter(drive, figures);
    }

    @Override
    public boolean changesTapes() {
        return false;
    }

    @Override
    public TapeWriter change(TapeWriter full) throws StorageException {
        throw StorageException.of(Kind.NO_SPACE, "write", "the tape is full").build();
    }

    @Override
    public void finish(TapeWriter last) throws StorageException {
        if (wanted) {
            last.writeFileMarks(1);
        } else {
            last.flush();
        }
    }
}
