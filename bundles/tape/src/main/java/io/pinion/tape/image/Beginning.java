package io.pinion.tape.image;

import io.pinion.strategy.StorageException;
import java.util.Optional;

/**
 * Tells images from other files by how they begin: nobody's photographs are to be written over because of a slip in a
 * configuration. So what begins with a record that is torn is none, either: a file of another format looks like that.
 */
final class Beginning {
    /** How many records are looked at: more than the first few bytes of another format fake. */
    private static final int RECORDS = 16;

    /** More file marks in a row than this at the beginning are zeros of something else. */
    private static final int MARKS = 4096;

    private Beginning() {}

    /**
     * {@return why the file is no image; empty when it is one, or is empty}
     *
     * @param growing whether it is in use, so that the rest of a record that looks torn may be on its way. Whoever takes it over
     *     looks again, when there is no such rest
     */
    static Optional<String> refusal(ImageReader reader, boolean growing) throws StorageException {
        long offset = 0;
        int records = 0;
        for (int marks = 0; records < RECORDS; offset = reader.end()) {
            Found found = reader.forward(offset);
            if (found == Found.END_OF_DATA) {
                return Optional.empty();
            }
            if (found == Found.FILE_MARK) {
                if (++marks > MARKS && records == 0) {
                    return Optional.of(
                            "it begins with more than " + MARKS + " words of zero, which no tape does" + REMEDY);
                }
                continue;
            }
            if (found.isRecord()) {
                found = reader.complete();
            }
            if (!found.isRecord()) {
                boolean rest = growing && found == Found.TORN;
                return records > 0 || rest ? Optional.empty() : Optional.of(refusal(reader, found));
            }
            records++;
        }
        return Optional.empty();
    }

    private static final String REMEDY =
            ": it is no image in the format .tap of SIMH. Name another file; or empty this one, if nobody wants what is in it";

    private static String refusal(ImageReader reader, Found found) {
        String word = String.format("offset=%d there is the word 0x%08x", reader.start(), reader.word());
        return found == Found.TORN
                ? "at " + word + ", and no record of that length fits into it" + REMEDY
                        + ", as the first record of a tape that was cut off"
                : "at " + word + ", which is no file mark, and no length that is repeated behind the record" + REMEDY;
    }
}
