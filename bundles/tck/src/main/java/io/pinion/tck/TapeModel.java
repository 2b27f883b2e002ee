package io.pinion.tck;

import io.pinion.strategy.TapeResult.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * A tape as it should be: records and file marks in a list, and a place between two of them. Each operation says what must
 * come of it. A tape without an end; whoever tests one that has an end tells the model what did not get out.
 */
final class TapeModel {
    private static final Item MARK = new Item(0, 0);

    private final List<Item> items = new ArrayList<>();
    private int at;
    private Outcome outcome = Outcome.DONE;
    private long count;

    /** What lies on a tape: a record, whose content follows from length and version, or a file mark, which has none. */
    record Item(int length, int version) {
        boolean isMark() {
            return length == 0;
        }

        byte[] content() {
            return Content.bytes(0, length, version);
        }
    }

    /** {@return what must have come of the operation before} */
    Outcome outcome() {
        return outcome;
    }

    /** {@return the count that must have come of the operation before} */
    long count() {
        return count;
    }

    /** {@return the place, as block address} */
    int at() {
        return at;
    }

    /** {@return the block address of the end of data} */
    int end() {
        return items.size();
    }

    /** {@return what lies behind the place; the place must not be the end} */
    Item next() {
        return items.get(at);
    }

    /** {@return what lies in front of the place; the place must not be the beginning} */
    Item previous() {
        return items.get(at - 1);
    }

    /** {@return how many file marks lie before the place} */
    long fileNumber() {
        return items.subList(0, at).stream().filter(Item::isMark).count();
    }

    /** {@return what lies before the place} */
    List<Item> before() {
        return items.subList(0, at);
    }

    void read(int room) {
        if (at == items.size()) {
            came(Outcome.END_OF_DATA, 0);
        } else if (next().isMark()) {
            at++;
            came(Outcome.FILE_MARK, 0);
        } else if (next().length() > room) {
            came(Outcome.RECORD_TOO_LONG, 0);
        } else {
            came(Outcome.DONE, next().length());
            at++;
        }
    }

    void write(int length, int version) {
        cut();
        items.add(new Item(length, version));
        at++;
        came(Outcome.DONE, length);
    }

    void writeFileMarks(int marks) {
        cut();
        for (int i = 0; i < marks; i++) {
            items.add(MARK);
        }
        at += marks;
        came(Outcome.DONE, marks);
    }

    void spaceRecords(long wanted) {
        long passed = 0;
        while (passed < Math.abs(wanted)) {
            if (isStopped(wanted)) {
                came(stop(wanted), passed);
                return;
            }
            boolean mark = step(wanted).isMark();
            if (mark) {
                came(Outcome.FILE_MARK, passed);
                return;
            }
            passed++;
        }
        came(Outcome.DONE, passed);
    }

    void spaceFileMarks(long wanted) {
        long passed = 0;
        while (passed < Math.abs(wanted)) {
            if (isStopped(wanted)) {
                came(stop(wanted), passed);
                return;
            }
            if (step(wanted).isMark()) {
                passed++;
            }
        }
        came(Outcome.DONE, passed);
    }

    private boolean isStopped(long direction) {
        return at == (direction > 0 ? items.size() : 0);
    }

    private static Outcome stop(long direction) {
        return direction > 0 ? Outcome.END_OF_DATA : Outcome.BEGINNING_OF_PARTITION;
    }

    private Item step(long direction) {
        Item passed = direction > 0 ? next() : previous();
        at += direction > 0 ? 1 : -1;
        return passed;
    }

    /** Goes to a place, or to the end of data when that comes before it. */
    void moveTo(long blockAddress) {
        at = (int) Math.min(items.size(), blockAddress);
        came(Outcome.DONE, 0);
    }

    /** Loses what lies behind the place. */
    void cut() {
        items.subList(at, items.size()).clear();
        came(Outcome.DONE, 0);
    }

    private void came(Outcome newOutcome, long newCount) {
        outcome = newOutcome;
        count = newCount;
    }
}
