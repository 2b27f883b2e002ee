package io.pinion.strategy;

import java.util.Objects;

/** With what a channel is opened. Made by core. Immutable; it will grow. */
public final class OpenOptions {
    private final Access access;
    private final TransferMeter meter;

    private OpenOptions(Access access, TransferMeter meter) {
        this.access = Objects.requireNonNull(access);
        this.meter = Objects.requireNonNull(meter);
    }

    /** {@return options with a meter of their own} */
    public static OpenOptions of(Access access) {
        return new OpenOptions(access, new TransferMeter());
    }

    /** {@return these options with the given meter} */
    public OpenOptions withMeter(TransferMeter newMeter) {
        return new OpenOptions(access, newMeter);
    }

    /** {@return what the channel may do} */
    public Access access() {
        return access;
    }

    /** {@return where the channel reports what did not go the intended way; for the life of the channel} */
    public TransferMeter meter() {
        return meter;
    }
}
