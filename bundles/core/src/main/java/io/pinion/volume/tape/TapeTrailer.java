package io.pinion.volume.tape;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** The last record of a tape of a set; {@link TapeLabel} has its bytes. */
record TapeTrailer(UUID set, int tape, long records, long bytes, boolean continued) {
    private static final String FIRST_LINE = "PINION TAPE TRAILER 1";

    ByteBuffer toRecord() {
        return new LabelText(FIRST_LINE)
                .with("set", set)
                .with("tape", tape)
                .with("records", records)
                .with("bytes", bytes)
                .with("continued", continued ? "yes" : "no")
                .toRecord();
    }

    static Optional<TapeTrailer> of(ByteBuffer record) {
        return LabelText.read(
                FIRST_LINE,
                record,
                text -> new TapeTrailer(
                        UUID.fromString(text.value("set")),
                        Math.toIntExact(text.number("tape")),
                        text.number("records"),
                        text.number("bytes"),
                        text.value("continued").equals("yes")));
    }
}
