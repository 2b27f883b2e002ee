package io.pinion.snippets;

import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.TapeOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes to tape: docs/tape.md. */
final class Backup {
    private Backup() {}

    static void write(TapeDrive drive, InputStream data) throws IOException {
        TapeOutputStream tape = TapeOutputStream.to(drive).open();
        try {
            data.transferTo(tape);
            // The last record, a file mark, and all of it on the medium.
            tape.close();
        } finally {
            // What was not closed is not whole, and gets no mark that makes it look so.
            tape.abandon();
        }
    }
}
