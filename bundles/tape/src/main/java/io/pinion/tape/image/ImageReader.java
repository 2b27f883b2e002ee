package io.pinion.tape.image;

import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the objects of an image, in both directions: forwards by the word that an object begins with, backwards by the word that it
 * ends with, and a record is one only if both agree. Passes over what is not the tape's (gaps, markers, records of other
 * classes). An odd record without its padding, as the emulator E11 wrote them, is known by where its second length is.
 *
 * <p>A record is read together with its second length and the word behind it, so that a sequence of records costs one system
 * call each. For one thread at a time; allocates nothing.
 */
final class ImageReader {
    /** How much is read at once where gaps are. */
    private static final int WINDOW = 4096;

    /** The padding of a record, its second length, and the word behind. */
    private static final int TAIL = 1 + 2 * Word.BYTES;

    /** More file marks than this no tape has at its end. */
    private static final int MARKS_AT_END = 16;

    private final ImageFile file;
    private final Remarks remarks;

    /** Some bytes of the file, from {@link #windowStart} on; nothing when it must be read again. */
    private final ByteBuffer window =
            ByteBuffer.allocateDirect(WINDOW).order(ByteOrder.LITTLE_ENDIAN).limit(0);

    private long windowStart;

    private int word;
    private long start;
    private long end;

    /** @param remarks is told what is peculiar */
    ImageReader(ImageFile file, Remarks remarks) {
        this.file = file;
        this.remarks = remarks;
    }

    /** {@return where what was found begins} */
    long start() {
        return start;
    }

    /** {@return where what was found ends; of a record when it is {@linkplain #complete complete}} */
    long end() {
        return end;
    }

    /** {@return how long the record is that was found, in bytes} */
    int length() {
        return Word.length(word);
    }

    /** {@return the word that what was found begins with} */
    int word() {
        return word;
    }

    /** Forgets what was read of the file: it was written. */
    void forget() {
        window.limit(0);
    }

    /** {@return what the tape has next, from there on} Of a record the length is known, the rest is for {@link #complete}. */
    Found forward(long from) throws StorageException {
        start = from;
        for (int ahead = TAIL; ; ahead = WINDOW) {
            if (!load(start, ahead)) {
                end = start;
                return available(start) == 0 ? Found.END_OF_DATA : tornOrDamaged();
            }
            switch (Word.leading(word)) {
                case FILE_MARK -> {
                    end = start + Word.BYTES;
                    return Found.FILE_MARK;
                }
                case RECORD -> {
                    return Found.RECORD;
                }
                case BAD_RECORD -> {
                    return Found.BAD_RECORD;
                }
                case END_OF_MEDIUM -> {
                    end = start;
                    return Found.END_OF_DATA;
                }
                case GAP -> start += Word.BYTES;
                case HALF_GAP -> start += Word.BYTES / 2;
                case MARKER -> passOther(start + Word.BYTES);
                case OTHER_RECORD -> {
                    Found other = complete();
                    if (!other.isRecord()) {
                        return other;
                    }
                    passOther(end);
                }
                default -> {
                    return Found.DAMAGED;
                }
            }
        }
    }

    private void passOther(long next) {
        remarks.passedOther();
        start = next;
    }

    /** {@return a record, if the one that was found is whole} Reads none of its data. */
    Found complete() throws StorageException {
        long tail = start + Word.BYTES + length();
        if (available(tail) < TAIL) {
            fill(tail, TAIL);
        }
        return agreed();
    }

    /**
     * Reads a part of the data of the record that was found, with its last part all that is behind.
     *
     * @param part direct, with room for no more than what is left of the record
     * @param done how much of the record was read before
     * @return a record, if it is whole as far as it was read
     */
    Found read(ByteBuffer part, int done) throws StorageException {
        long from = start + Word.BYTES + done;
        int wanted = part.remaining();
        boolean last = done + wanted == length();
        window.limit(last ? TAIL : 0).position(0);
        windowStart = from + wanted;
        long read = 0;
        try {
            read = file.read(part, window, from);
        } finally {
            window.limit((int) Math.max(0, read - wanted)).position(0);
        }
        if (read < wanted) {
            return tornOrDamaged();
        }
        return last ? agreed() : Found.RECORD;
    }

    /** {@return what the tape has in front of there; ends and beginnings of records agree} */
    Found backward(long from) throws StorageException {
        end = from;
        while (end > 0) {
            if (end < Word.BYTES || !load(end - Word.BYTES, Word.BYTES)) {
                return Found.DAMAGED;
            }
            Word found = Word.trailing(word);
            switch (found) {
                case FILE_MARK -> {
                    start = end - Word.BYTES;
                    return Found.FILE_MARK;
                }
                case GAP -> {
                    end -= Word.BYTES;
                    if (available(end - Word.BYTES) < Word.BYTES) {
                        fill(Math.max(0, end - WINDOW), WINDOW);
                    }
                }
                case HALF_GAP -> end -= Word.BYTES / 2;
                case MARKER -> end -= Word.BYTES;
                case RECORD, BAD_RECORD, OTHER_RECORD -> {
                    if (!toLeading()) {
                        return Found.DAMAGED;
                    }
                    if (found != Word.OTHER_RECORD) {
                        return found == Word.RECORD ? Found.RECORD : Found.BAD_RECORD;
                    }
                    end = start;
                }
                default -> {
                    return Found.DAMAGED;
                }
            }
        }
        start = 0;
        return Found.BEGINNING;
    }

    /** Finds the beginning of the record that has this word at its end; {@return whether there is one} */
    private boolean toLeading() throws StorageException {
        int trailing = word;
        start = end - Word.span(length());
        if (start >= 0 && load(start, Word.BYTES) && word == trailing) {
            return true;
        }
        start++;
        boolean found = (trailing & 1) != 0 && start >= 0 && load(start, Word.BYTES) && word == trailing;
        if (found) {
            remarks.sawUnpadded();
        }
        return found;
    }

    /** {@return whether the second length of the record agrees with the first, as far as the window has it} */
    private Found agreed() throws StorageException {
        long tail = start + Word.BYTES + length();
        int odd = length() & 1;
        int there = available(tail);
        int at = (int) (tail - windowStart);
        if (there >= odd + Word.BYTES && window.getInt(at + odd) == word) {
            end = tail + odd + Word.BYTES;
        } else if (odd == 1 && there >= Word.BYTES && window.getInt(at) == word) {
            end = tail + Word.BYTES;
            remarks.sawUnpadded();
        } else {
            return tornOrDamaged();
        }
        return Word.leading(word) == Word.BAD_RECORD ? Found.BAD_RECORD : Found.RECORD;
    }

    /**
     * {@return what a record is whose second length is not there} Where the file ends in it, whoever wrote it was cut off;
     * unless the file ends in another record that is whole, and the marks of a tape's end. Then it is the first length that is
     * wrong, and what is behind it is not to be written over by somebody who looks for the end of the data.
     */
    private Found tornOrDamaged() throws StorageException {
        long first = start;
        int leading = word;
        long size = file.size();
        boolean header = first + Word.BYTES <= size;
        boolean last = !header || first + Word.span(Word.length(leading)) >= size;
        boolean torn = last && !endsWithRecordBehind(first);
        start = first;
        end = first;
        word = header ? leading : 0;
        return torn ? Found.TORN : Found.DAMAGED;
    }

    /** Few marks are looked behind: the data of a record that is torn may be zeros, which are many. */
    private boolean endsWithRecordBehind(long first) throws StorageException {
        Found found = backward(endOfObjects());
        for (int marks = 0; found == Found.FILE_MARK && marks < MARKS_AT_END; marks++) {
            found = backward(start);
        }
        return found.isRecord() && start > first;
    }

    /** {@return whether the file ends with a whole object, as far as its last bytes tell} */
    boolean isEndWhole() throws StorageException {
        return backward(endOfObjects()) != Found.DAMAGED;
    }

    /** {@return where the file ends, or the end of the medium is marked in front of that} */
    private long endOfObjects() throws StorageException {
        long last = file.size() - Word.BYTES;
        boolean marked = last >= 0 && load(last, Word.BYTES) && Word.leading(word) == Word.END_OF_MEDIUM;
        return marked ? last : last + Word.BYTES;
    }

    /** Has the word there at hand; {@return whether the file has one} */
    private boolean load(long at, int ahead) throws StorageException {
        if (available(at) < Word.BYTES) {
            fill(at, ahead);
        }
        if (available(at) < Word.BYTES) {
            return false;
        }
        word = window.getInt((int) (at - windowStart));
        return true;
    }

    /** {@return how many bytes of the file are at hand from there on} */
    private int available(long at) {
        return at < windowStart ? 0 : (int) Math.max(0, windowStart + window.limit() - at);
    }

    private void fill(long from, int length) throws StorageException {
        window.limit(length).position(0);
        windowStart = from;
        long read = 0;
        try {
            read = file.read(window, ImageFile.NOTHING, from);
        } finally {
            window.limit((int) read).position(0);
        }
    }
}
