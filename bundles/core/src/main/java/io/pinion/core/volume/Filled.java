package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;

/**
 * Whether the driver of a drive fills its results as {@link io.pinion.strategy.TapeChannel} says. For whoever is inside.
 */
final class Filled {
    private Filled() {}

    /**
     * Checks a read that has ended well.
     *
     * @param moved by how much the buffer's position moved, and {@code stretched} its limit
     * @throws StorageException {@code STRATEGY_FAULT}
     */
    static void checkRead(Tenure tenure, TapeResult result, long moved, int stretched) throws StorageException {
        boolean done = result.outcome() == Outcome.DONE;
        boolean known = done
                || result.outcome() == Outcome.FILE_MARK
                || result.outcome() == Outcome.END_OF_DATA
                || result.outcome() == Outcome.RECORD_TOO_LONG;
        if (moved != result.count() || stretched != 0) {
            throw miscounted(tenure, "read", result, moved, stretched);
        }
        if (!known || done != moved > 0) {
            throw Faults.fault(
                    tenure, "read", "of a read it said " + result.outcome() + " of " + moved + " bytes", null);
        }
        checkPlace(tenure, "read", result);
    }

    /** As {@link #checkRead}, of a write. */
    static void checkWrite(Tenure tenure, TapeResult result, int wanted, long moved, int stretched)
            throws StorageException {
        if (moved != wanted || result.count() != wanted || stretched != 0) {
            throw miscounted(tenure, "write", result, moved, stretched);
        }
        if (result.outcome() != Outcome.DONE && result.outcome() != Outcome.EARLY_WARNING) {
            throw Faults.fault(tenure, "write", "of a write it said " + result.outcome(), null);
        }
        checkPlace(tenure, "write", result);
    }

    private static StorageException miscounted(
            Tenure tenure, String operation, TapeResult result, long moved, int stretched) {
        return stretched == 0
                ? Faults.miscounted(tenure, operation, result.count(), moved)
                : Faults.fault(tenure, operation, "it moved the buffer's limit by " + stretched, null);
    }

    /**
     * Checks the place in the result of what has ended well. One that is not known is that of a drive which cannot tell, or of
     * a tape that is not there: then the channel does not know it, either. It is asked once, not for each record.
     *
     * @throws StorageException {@code STRATEGY_FAULT}
     */
    static void checkPlace(Tenure tenure, String operation, TapeResult result) throws StorageException {
        if (result.source() != Source.UNKNOWN) {
            if (tenure.isPlaceless()) {
                tenure.setPlaceless(false);
            }
            if (result.partition() < 0 || result.blockAddress() < 0) {
                throw Faults.fault(tenure, operation, "it said that the tape stands at " + result.position(), null);
            }
        } else if (!tenure.isPlaceless()) {
            TapePosition told = tenure.told();
            if (told.source() != Source.UNKNOWN) {
                String detail = "its result has no place, and it says that the tape stands at " + told;
                throw Faults.fault(tenure, operation, detail, null);
            }
            tenure.setPlaceless(true);
        }
    }
}
