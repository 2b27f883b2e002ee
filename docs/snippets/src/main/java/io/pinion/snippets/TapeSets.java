package io.pinion.snippets;

import io.pinion.strategy.StorageException;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.TapeInputStream;
import io.pinion.volume.tape.TapeOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Bytes to as many tapes as they need, and back. */
final class TapeSets {
    private TapeSets() {}

    /** A robot, or a person. */
    interface Changer {
        boolean load(int tape) throws StorageException;
    }

    static void save(TapeDrive drive, InputStream data, Changer changer) throws IOException {
        TapeOutputStream tape = TapeOutputStream.to(drive)
                .next(request -> changer.load(request.tape()) ? Optional.of(request.drive()) : Optional.empty())
                .open();
        try {
            data.transferTo(tape);
            tape.close(); // the last record, a file mark, and all of it on the medium
        } finally {
            tape.abandon(); // what could not be closed is not whole, and gets no end that makes it look so
        }
    }

    static void restore(TapeDrive drive, OutputStream data, Changer changer) throws IOException {
        try (TapeInputStream tape = TapeInputStream.from(drive)
                .next(request -> changer.load(request.tape()) ? Optional.of(request.drive()) : Optional.empty())
                .open()) {
            tape.transferTo(data);
        }
    }
}
