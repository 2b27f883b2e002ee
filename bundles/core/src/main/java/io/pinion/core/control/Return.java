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
     * @param accepted whether an operator has said that what is there is to be taken, whatever was lost
     */
    void welcome(Removal removal, boolean accepted) {
        Holding back = actual.holding;
        long before = removal.device().device().size();
        long now = back.device().size();
        long unflushed = actual.gate.ledger().unflushed();
        actual.removal = null;
        if (accepted) {
            actual.gate.ledger().writeOff();
        } else if (unflushed > 0) {
            actual.fail(unflushed("look", removal, unflushed, ""));
        } else if (now >= 0 && now < before) {
            actual.fail(DeviceWatch.shrunk(back.target(), before, now));
        } else {
            actual.grown = now > before ? DeviceWatch.grown(before, now) : "";
            LOG.info("volume {}: its device is back as {}", actual.volume.name(), back.identity());
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
