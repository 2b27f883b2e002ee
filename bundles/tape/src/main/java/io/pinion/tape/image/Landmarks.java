package io.pinion.tape.image;

/**
 * Places that were passed, so that a block address is found again without passing over all that is before it. As many as there is
 * room for, at even distances: when there is no room left every other one goes. Not kept in the file, whose format has
 * no room for them. For one thread at a time; allocates nothing.
 */
final class Landmarks {
    private static final int ROOM = 1024;
    private static final int FIRST_DISTANCE = 64;

    private final long[] offsets = new long[ROOM];
    private final long[] fileMarks = new long[ROOM];
    private int count = 1;
    private long distance = FIRST_DISTANCE;

    /** The tape stands there; noted when it is one further than the last. The first is the beginning. */
    void pass(long offset, long blockAddress, long marks) {
        if (blockAddress != count * distance) {
            return;
        }
        if (count == ROOM) {
            count = ROOM / 2;
            distance *= 2;
            for (int i = 0; i < count; i++) {
                offsets[i] = offsets[2 * i];
                fileMarks[i] = fileMarks[2 * i];
            }
            // What is passed is at ROOM times the old distance, which is where the next one belongs.
        }
        offsets[count] = offset;
        fileMarks[count] = marks;
        count++;
    }

    /** Forgets those behind this block address: what is there is gone. */
    void cut(long blockAddress) {
        count = (int) Math.min(count, blockAddress / distance + 1);
    }

    /** {@return the last one that is not behind this block address} */
    Place before(long blockAddress) {
        int index = (int) Math.min(count - 1, blockAddress / distance);
        return new Place(offsets[index], index * distance, fileMarks[index]);
    }
}
