package io.pinion.core.control;

import io.pinion.core.volume.DeviceWatch;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a volume whose device is held again after it was pulled out: it goes on if nothing is missing, and has
 * failed if something that was written had not been flushed, or the device is smaller than it was.
 */
final class Return {
    private static final Logger LOG = LoggerFactory.getLogger(Return.class);

    private final Actual actual;

    Return(Actual actual) {
        this.actual = actual;
    }

    /**
     * @param removal what the volume has waited for; what is held is its device
     * @param consent with which it was taken
     */
    void welcome(Removal removal, Consent consent) {
        Holding back = actual.holding;
        long before = removal.device().device().size();
        long now = back.device().size();
        long unflushed = actual.gate.ledger().unflushed();
        boolean same = removal.isReturned(back.lastingIdentity());
        actual.removal = null;
        if (consent.acceptsLoss()) {
            actual.gate.ledger().writeOff();
        } else if (unflushed > 0) {
            actual.fail(unflushed("look", removal, unflushed, ""));
        } else if (same && now >= 0 && now < before) {
            actual.fail(DeviceWatch.shrunk(back.target(), before, now));
        } else {
            actual.grown = same && now > before ? DeviceWatch.grown(before, now) : "";
            LOG.info(
                    "{}: {} {}",
                    actual.volume,
                    same ? "its device is back as" : "it was reopened on what is there now,",
                    back.identity());
        }
    }

    /** {@return the failure that something written had not been flushed when the device was pulled out} */
    static StorageException unflushed(String operation, Removal removal, long bytes, String remedy) {
        return StorageException.of(
                        Kind.FLUSH_FAILED,
                        operation,
                        bytes + " bytes were written and not flushed when the device was pulled out" + remedy,
                        removal.error())
                .target(removal.device().target())
                .build();
    }
}
