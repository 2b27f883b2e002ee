package io.pinion.core.control;

import io.pinion.strategy.StorageException;
import java.util.Optional;

/**
 * A volume's device that was pulled out, as long as the volume waits for it.
 *
 * @param error what its operations end with
 * @param device as it was held
 */
record Removal(StorageException error, Holding device) {
    /** {@return whether it would be known again} */
    boolean canReturn() {
        return !device.lastingIdentity().isEmpty();
    }

    /** {@return what the volume waits for, in words} */
    String words(String name) {
        return error.detail()
                + (canReturn()
                        ? "; it is waited for as " + device.lastingIdentity()
                        : "; it has nothing to be known again by (WWID, serial number), so that whatever comes back is taken"
                                + " only by 'reopen " + name + "'");
    }

    /** {@return whether a device is known to be this one} */
    boolean isReturned(String lastingIdentity) {
        return canReturn() && lastingIdentity.equals(device.lastingIdentity());
    }

    /** {@return why what is there under the name now is not this device; empty when it is} */
    Optional<String> refusal(String lastingIdentity) {
        return lastingIdentity.equals(device.lastingIdentity())
                ? Optional.empty()
                : Optional.of("another device is there as " + device.target() + ", "
                        + (lastingIdentity.isEmpty() ? "which has no WWID or serial number" : lastingIdentity));
    }
}
