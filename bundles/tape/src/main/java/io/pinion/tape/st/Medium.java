package io.pinion.tape.st;

import io.pinion.linux.Linux;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Loads, unloads and erases tapes. For the channel's thread alone. */
final class Medium {
    private static final String LOAD = "load";

    /** As long as the driver itself waits for a tape (st_options.h, ST_BLOCK_SECONDS). */
    private static final int PATIENCE_SECONDS = 120;

    private final TapeDevice device;
    private final Place place;
    private final Writing writing;
    private final Blocks blocks;
    private final Failures failures;

    Medium(TapeDevice device, Place place, Writing writing, Blocks blocks, Failures failures) {
        this.device = device;
        this.place = place;
        this.writing = writing;
        this.blocks = blocks;
        this.failures = failures;
    }

    /**
     * As {@link io.pinion.strategy.TapeChannel#load}, but for the position in the result. The driver does not wait for a
     * drive that is still threading, since it was opened not to (O_NONBLOCK), so it is asked again.
     */
    void load(TapeResult result) throws StorageException {
        writing.beforeMoving();
        for (int second = 0; ; second++) {
            int loaded = device.operate(Linux.MTLOAD, 1);
            if (loaded < 0) {
                throw failures.of(LOAD, loaded, 0, 0).build();
            }
            boolean looked = device.look() >= 0;
            if (looked && device.status().is(Linux.GMT_ONLINE)) {
                break;
            }
            if (!looked || device.status().is(Linux.GMT_DR_OPEN) || second == PATIENCE_SECONDS) {
                place.lose(
                        Kind.NOT_READY,
                        "there is no tape in the drive, or it does not get ready; put one in, and load it");
                throw place.refusal(LOAD).build();
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        blocks.take(device.status());
        place.putAt(device.status().partition(), 0);
        result.set(Outcome.DONE, 0);
    }

    /** As {@link io.pinion.strategy.TapeChannel#unload}, but for the position in the result. */
    void unload(TapeResult result) throws StorageException {
        writing.beforeMoving();
        int unloaded = device.operate(Linux.MTOFFL, 1);
        if (unloaded < 0) {
            throw failures.of("unload", unloaded, 0, -Integer.MAX_VALUE).build();
        }
        place.lose(Kind.NOT_READY, "the tape was unloaded; load it, or another");
        result.set(Outcome.DONE, 0);
    }

    /**
     * As {@link io.pinion.strategy.TapeChannel#erase}, but for the position in the result. Not all drives stand where they
     * stood then.
     */
    void erase(TapeResult result) throws StorageException {
        writing.requireAccess("erase");
        writing.beforeMoving();
        long from = place.address();
        int erased = device.operate(Linux.MTERASE, 1);
        if (erased < 0) {
            throw failures.of("erase", erased, 0, Integer.MAX_VALUE).build();
        }
        place.putAt(place.partition(), from);
        if (from >= 0 && place.address() != from) {
            int back = device.operate(Linux.MTSEEK, (int) from);
            if (back < 0) {
                throw failures.of("erase", back, 0, Integer.MAX_VALUE).build();
            }
            place.putAt(place.partition(), from);
        }
        result.set(Outcome.DONE, 0);
    }
}
