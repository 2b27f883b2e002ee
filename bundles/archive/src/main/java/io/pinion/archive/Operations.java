package io.pinion.archive;

import io.pinion.configuration.Units;
import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Words;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapePosition;
import io.pinion.volume.TapeDrive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What moves a tape, marks it or sets its drive, by its word. */
final class Operations {
    private static final String MARKS = "marks";
    private static final String RECORDS = "records";
    private static final Map<String, Operation> ALL = all();

    private Operations() {}

    /** What is done, and the lines that are printed then. */
    private interface Action {
        List<String> run(TapeDrive drive, Words operands) throws CommandFailure, StorageException;
    }

    /**
     * One operation.
     *
     * @param operands as they are typed; the first {@code least} of them are needed
     */
    private record Operation(String operands, int least, int most, Action action) {}

    /** {@return the lines to print; empty when there is no operation of this name} */
    static Optional<List<String>> run(TapeDrive drive, String name, List<String> operands)
            throws CommandFailure, StorageException {
        Operation operation = ALL.get(name);
        if (operation == null) {
            return Optional.empty();
        }
        String usage = ("tape NAME " + name + " " + operation.operands()).strip();
        Words words = Words.of(usage, operation.least(), operation.most(), operands.toArray(String[]::new));
        return Optional.of(operation.action().run(drive, words));
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    private static Map<String, Operation> all() {
        Map<String, Operation> all = new LinkedHashMap<>();
        add(all, "tell", (drive, words) -> List.of(drive.name() + ": " + Stand.of(drive.position())));
        add(all, "rewind", (drive, words) -> Moves.move(drive, drive::rewind));
        add(all, "end", (drive, words) -> Moves.move(drive, drive::spaceToEndOfData));
        add(all, "erase", (drive, words) -> Moves.move(drive, drive::erase));
        add(all, "load", (drive, words) -> Moves.move(drive, drive::load));
        add(all, "unload", Operations::unload);
        add(all, "flush", Operations::flush);
        all.put("forward", new Operation("N [marks|records]", 1, 2, (drive, words) -> space(drive, words, 1)));
        all.put("back", new Operation("N [marks|records]", 1, 2, (drive, words) -> space(drive, words, -1)));
        all.put("locate", new Operation("ADDRESS [PARTITION]", 1, 2, Operations::locate));
        all.put("mark", new Operation("[N]", 0, 1, Operations::mark));
        all.put("block-size", new Operation("N", 1, 1, Operations::blockSize));
        all.put("compression", new Operation("on|off", 1, 1, Operations::compression));
        all.put("density", new Operation("CODE", 1, 1, Operations::density));
        return all;
    }

    private static void add(Map<String, Operation> all, String name, Action action) {
        all.put(name, new Operation("", 0, 0, action));
    }

    private static List<String> unload(TapeDrive drive, Words words) throws CommandFailure {
        Moves.taken(drive::unload);
        return List.of(drive.name() + ": unloaded");
    }

    private static List<String> flush(TapeDrive drive, Words words) throws StorageException {
        drive.flush();
        return List.of(drive.name() + ": flushed; " + Stand.of(drive.position()));
    }

    private static List<String> space(TapeDrive drive, Words words, int direction) throws CommandFailure {
        long count = number(words, words.get(0), 1, Long.MAX_VALUE);
        String unit = words.get(1, MARKS);
        String what = (direction > 0 ? "forward " : "back ") + count + " " + unit;
        return switch (unit) {
            case MARKS, "mark" ->
                Moves.space(drive, what, count, "mark", result -> drive.spaceFileMarks(direction * count, result));
            case RECORDS, "record" ->
                Moves.space(drive, what, count, "record", result -> drive.spaceRecords(direction * count, result));
            default -> throw words.failure("'" + unit + "' can't be counted");
        };
    }

    /** Moves behind so many file marks from the beginning. */
    static void file(TapeDrive drive, Words words, String typed) throws CommandFailure {
        long marks = number(words, typed, 0, Long.MAX_VALUE);
        Moves.taken(drive::rewind);
        if (marks > 0) {
            Moves.space(drive, "file " + marks, marks, "mark", result -> drive.spaceFileMarks(marks, result));
        }
    }

    private static List<String> locate(TapeDrive drive, Words words) throws CommandFailure {
        long address = number(words, words.get(0), 0, Long.MAX_VALUE);
        int partition = (int) number(words, words.get(1, "0"), 0, Integer.MAX_VALUE);
        TapePosition position = TapePosition.at(TapePosition.Source.COUNTED, partition, address);
        return Moves.move(drive, result -> drive.locate(position, result));
    }

    private static List<String> mark(TapeDrive drive, Words words) throws CommandFailure {
        int count = (int) number(words, words.get(0, "1"), 1, Integer.MAX_VALUE);
        return Moves.move(drive, result -> drive.writeFileMarks(count, result));
    }

    private static List<String> blockSize(TapeDrive drive, Words words) throws CommandFailure, StorageException {
        drive.setBlockSize(bytes(words, words.get(0)));
        return List.of(drive.name() + ": " + DriveReport.records(drive.status().blockSize()));
    }

    private static List<String> compression(TapeDrive drive, Words words) throws CommandFailure, StorageException {
        boolean on = switch (words.get(0)) {
            case "on", "1" -> true;
            case "off", "0" -> false;
            default -> throw words.failure("'" + words.get(0) + "' is neither on nor off");
        };
        drive.setCompression(on);
        return List.of(drive.name() + ": compression is " + (on ? "on" : "off"));
    }

    private static List<String> density(TapeDrive drive, Words words) throws CommandFailure, StorageException {
        int code = (int) number(words, words.get(0), 0, 0xFF);
        drive.setDensity(code);
        return List.of(drive.name() + ": " + DriveReport.density(code)
                + " for what is written from the beginning of the tape on");
    }

    /** {@return a size of records that was typed: {@code 64KiB}, {@code 1MiB}; 0 where each may have its own} */
    static int bytes(Words words, String text) throws CommandFailure {
        try {
            return Math.toIntExact(Units.size(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw words.failure(text + ": allowed: bytes, or with a unit (" + Units.SIZES + "), below 2 GiB");
        }
    }

    private static long number(Words words, String text, long least, long most) throws CommandFailure {
        try {
            long number = Long.decode(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        String range = most == Long.MAX_VALUE || most == Integer.MAX_VALUE ? " on" : " to " + most;
        throw words.failure(text + ": allowed: a whole number from " + least + range);
    }
}
