package io.pinion.tck;

import io.pinion.strategy.TapePosition.Source;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Random operations on a tape, each compared with the model. A failure tells the seed that repeats it, and the operations
 * that came before.
 */
final class RandomTapeOperations {
    /** How far from the end of a long tape it is written and compared. */
    private static final int TAIL = 12;

    private final CheckedTape tape;
    private final TapeTraits traits;
    private final boolean erasable;
    private final long seed;
    private final Random random;

    RandomTapeOperations(CheckedTape tape, TapeTraits traits, boolean erasable, long seed) {
        this.tape = tape;
        this.traits = traits;
        this.erasable = erasable;
        this.seed = seed;
        random = new Random(seed);
    }

    /** {@return the one seed that was asked for, else so many others each time} */
    static long[] seeds(int count) {
        return Long.getLong(RandomOperations.SEED) != null
                ? new long[] {RandomOperations.seed()}
                : LongStream.generate(RandomOperations::seed).limit(count).toArray();
    }

    /** Starts a tape over, whatever is on it, does so many operations, and reads everything in the end. */
    void run(int steps) {
        repeat(
                steps,
                () -> tape.rewind().startOver(seed).write(length()),
                this::step,
                () -> tape.flush().compareAll());
    }

    /** Starts a full tape over from a place near its end, and does so many operations there. */
    void runAtTheEnd(int place, int steps) {
        Crew.Task refill = () -> TapeEndContract.fill(tape.locate(place).startOver(seed), traits);
        repeat(steps, refill, this::stepAtTheEnd, this::compareTail);
    }

    private void repeat(int steps, Crew.Task first, Crew.Task each, Crew.Task last) {
        int step = 0;
        try {
            first.run();
            for (; step < steps; step++) {
                each.run();
            }
            last.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(tape.latest().failure(step, e, seed, steps), e);
        }
    }

    private void step() throws Exception {
        int dice = random.nextInt(100);
        if (dice < 25) {
            write();
        } else if (dice < 33) {
            toWrite();
            tape.writeFileMarks(1 + random.nextInt(3));
        } else if (dice < 55) {
            read();
        } else if (dice < 67) {
            tape.spaceRecords(distance());
        } else if (dice < 75) {
            tape.spaceFileMarks(distance());
        } else if (dice < 86) {
            move();
        } else if (dice < 91) {
            tape.flush();
        } else if (dice < 94) {
            tape.swap();
        } else if (dice < 96) {
            tape.reopen();
        } else if (dice < 98) {
            tape.compareAll();
        } else if (erasable) {
            tape.erase();
        }
    }

    private void stepAtTheEnd() throws Exception {
        int dice = random.nextInt(100);
        if (dice < 60) {
            writeAtTheEnd();
        } else if (dice < 70) {
            tape.spaceRecords(-1 - random.nextInt(TAIL)).spaceToEndOfData();
        } else if (dice < 80) {
            toTail();
        } else if (dice < 85) {
            tape.flush();
        } else if (dice < 90) {
            tape.swap();
        } else {
            compareTail();
        }
    }

    private void writeAtTheEnd() throws Exception {
        if (random.nextInt(8) != 0) {
            tape.spaceToEndOfData();
        }
        if (random.nextInt(4) == 0) {
            tape.writeFileMarks(1 + random.nextInt(2));
        } else {
            tape.write(kind(), length());
        }
    }

    private void toTail() throws Exception {
        tape.locate(Math.max(0, tape.model().end() - random.nextInt(TAIL)));
    }

    private void compareTail() throws Exception {
        tape.locate(Math.max(0, tape.model().end() - 2L * TAIL));
        while (tape.model().at() < tape.model().end()) {
            tape.read();
        }
        tape.read();
    }

    private void write() throws Exception {
        toWrite();
        for (int i = random.nextInt(4); i >= 0; i--) {
            tape.write(kind(), length());
        }
    }

    /** Mostly to the end of data, so that the tape becomes long; what is written elsewhere cuts it. */
    private void toWrite() throws Exception {
        if (random.nextInt(5) != 0) {
            tape.spaceToEndOfData();
        }
    }

    private void read() throws Exception {
        for (int i = random.nextInt(6); i >= 0; i--) {
            tape.read(kind(), room());
        }
    }

    /** {@return room for the next record, sometimes less} */
    private int room() {
        TapeModel model = tape.model();
        int next = model.at() < model.end() ? model.next().length() : 0;
        int longest = traits.largestRecord();
        return switch (random.nextInt(5)) {
            case 0 -> traits.fit(1 + random.nextInt(Math.max(1, next)));
            case 1 -> traits.fit(next - 1);
            case 2 -> traits.fit(Math.min(longest, next + random.nextInt(5000)));
            default -> traits.fit(next);
        };
    }

    private void move() throws Exception {
        int end = tape.model().end();
        Source source = random.nextBoolean() ? Source.DRIVE : Source.COUNTED;
        switch (random.nextInt(8)) {
            case 0 -> tape.rewind();
            case 1 -> tape.spaceToEndOfData();
            case 2 -> tape.locate(end, source);
            case 3 -> tape.locate(end + 1L + random.nextInt(5), source);
            default -> tape.locate(random.nextInt(end + 1), source);
        }
    }

    private long distance() {
        int distance = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 5);
        return random.nextBoolean() ? distance : -distance;
    }

    private int length() {
        return traits.fit(
                switch (random.nextInt(10)) {
                    case 0, 1 -> 1 + random.nextInt(9);
                    case 2, 3 -> 512 * (1 + random.nextInt(20)) + random.nextInt(3) - 1;
                    case 4 -> 1 + random.nextInt(traits.largestRecord());
                    default -> 1 + random.nextInt(20_000);
                });
    }

    private BufferKind kind() {
        return BufferKind.values()[random.nextInt(BufferKind.values().length)];
    }
}
