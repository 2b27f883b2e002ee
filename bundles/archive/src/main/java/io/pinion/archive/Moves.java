package io.pinion.archive;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Units;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.TapeDrive;
import java.util.List;

/** Operations that fill a result, and what came of them in words. One that did not do all that was asked is a failure. */
final class Moves {
    private Moves() {}

    /** One operation of a drive. */
    interface Step {
        void take(TapeResult result) throws StorageException;
    }

    /** {@return what is said of an operation that either does all or fails} */
    static List<String> move(TapeDrive drive, Step step) throws CommandFailure {
        return List.of(said(drive, taken(step)));
    }

    /**
     * {@return what is said of an operation that may end early}
     *
     * @param what was asked: {@code forward 3 marks}
     * @param unit of what is counted: {@code mark}
     */
    static List<String> space(TapeDrive drive, String what, long count, String unit, Step step) throws CommandFailure {
        TapeResult result = taken(step);
        String end = end(result);
        if (!end.isEmpty()) {
            throw new CommandFailure(what + " came to " + end + " after "
                    + Units.count(result.count(), unit) + " of " + Units.count(count) + "; "
                    + Stand.of(result.position()));
        }
        return List.of(said(drive, result));
    }

    /** {@return what the operation came to} */
    static TapeResult taken(Step step) throws CommandFailure {
        TapeResult result = new TapeResult();
        try {
            step.take(result);
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage() + "; " + Stand.of(result.position()), e);
        }
        return result;
    }

    private static String end(TapeResult result) {
        return switch (result.outcome()) {
            case DONE, EARLY_WARNING -> "";
            case FILE_MARK -> "a file mark";
            case END_OF_DATA -> "the end of data";
            case BEGINNING_OF_PARTITION -> "the beginning of the partition";
            default -> result.outcome().toString();
        };
    }

    private static String said(TapeDrive drive, TapeResult result) {
        String warning = result.outcome() == TapeResult.Outcome.EARLY_WARNING ? "; the end of the tape is near" : "";
        return drive.name() + ": " + Stand.of(result.position()) + warning;
    }
}
