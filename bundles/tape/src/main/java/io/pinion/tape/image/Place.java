package io.pinion.tape.image;

import io.pinion.strategy.TapePosition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place on the tape.
 *
 * @param offset where it is in the file, in bytes
 * @param blockAddress records and file marks before it
 * @param fileMarks file marks before it
 */
record Place(long offset, long blockAddress, long fileMarks) {
    static final Place BEGINNING = new Place(0, 0, 0);

    private static final Pattern FORM =
            Pattern.compile("offset=(\\d{1,18}) blockAddress=(\\d{1,18}) fileMarks=(\\d{1,18})");

    /** {@return the place that {@link #toString} wrote; empty when it did not} */
    static Optional<Place> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Place(
                        Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), Long.parseLong(form.group(3))))
                : Optional.empty();
    }

    TapePosition position() {
        return TapePosition.at(TapePosition.Source.DRIVE, 0, blockAddress).withFileNumber(fileMarks);
    }

    @Override
    public String toString() {
        return "offset=" + offset + " blockAddress=" + blockAddress + " fileMarks=" + fileMarks;
    }
}
