package io.pinion.volume.tape;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * The first record of each tape of a set. A tape of a set holds
 *
 * <pre>
 * label, file mark, data records, file mark, trailer, file mark
 * </pre>
 *
 * so that another program finds the data as the second file ({@code mt -f /dev/nst0 fsf 1}), and with all tapes' second files in a
 * row has the whole. Label and trailer are records of 512 bytes each: lines of UTF-8 that end with a line feed (0x0A), then zero
 * bytes. The first line says what it is and in which version of the format; each further one is a key, {@code =} and a
 * value, in this order, whose numbers are decimal:
 *
 * <pre>
 * PINION TAPE LABEL 1                          PINION TAPE TRAILER 1
 * set=123e4567-e89b-12d3-a456-426614174000     set=123e4567-e89b-12d3-a456-426614174000
 * tape=2                                       tape=2
 * records-before=5000                          records=4711
 * record-size=1048576                          bytes=4939841536
 * name=Weekly                                  continued=yes
 * </pre>
 *
 * <p>Tapes count from 1. {@code records-before} is how many data records the tapes before hold, {@code record-size} the length of
 * all records but the last of the set, {@code records} and {@code bytes} what this tape holds, {@code continued} is {@code no} on the
 * last one. A tape that had no room for it lacks the trailer, or the file marks around it; the next tape's {@code
 * records-before} tells whether its data are whole. The first tape's label is where the stream began, all others' are at the
 * beginning of their tapes.
 *
 * @param set whose tape it is
 * @param name the set's name, for people; one line, empty for none
 * @param tape which tape of the set, from 1
 * @param recordsBefore how many data records the tapes before hold
 * @param recordSize bytes of each data record but the last
 */
public record TapeLabel(UUID set, String name, int tape, long recordsBefore, int recordSize) {
    /** How many bytes a label has, and a trailer. */
    public static final int LENGTH = LabelText.LENGTH;

    /** How many bytes a name may have in UTF-8. */
    public static final int LONGEST_NAME = 200;

    private static final String FIRST_LINE = "PINION TAPE LABEL 1";

    /** Checks the name. */
    public TapeLabel {
        LabelText.checkName(name, LONGEST_NAME);
    }

    /** {@return the record that is this label} */
    public ByteBuffer toRecord() {
        return new LabelText(FIRST_LINE)
                .with("set", set)
                .with("tape", tape)
                .with("records-before", recordsBefore)
                .with("record-size", recordSize)
                .with("name", name)
                .toRecord();
    }

    /** {@return the label that this record is, from position to limit, which stay; empty when it is none of this format} */
    public static Optional<TapeLabel> of(ByteBuffer record) {
        return LabelText.read(
                FIRST_LINE,
                record,
                text -> new TapeLabel(
                        UUID.fromString(text.value("set")),
                        text.value("name"),
                        Math.toIntExact(text.number("tape")),
                        text.number("records-before"),
                        Math.toIntExact(text.number("record-size"))));
    }

    @Override
    public String toString() {
        return "tape " + tape + " of set " + set + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
