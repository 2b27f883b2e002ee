package io.pinion.core.control;

import io.pinion.core.volume.BoundedCalls;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks channels how they move bytes, for whoever shows it: a driver that does not answer is waited for once, and not asked
 * again before it has answered.
 */
final class Modes {
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BoundedCalls calls;
    /** Those that are being asked, with the time of the question. */
    private final Map<Tenure, Long> asked = Collections.synchronizedMap(new WeakHashMap<>());

    Modes(BoundedCalls calls) {
        this.calls = calls;
    }

    ChannelMode of(Tenure serving) {
        Long since = asked.get(serving);
        if (since != null && System.nanoTime() - since >= ANSWER_NANOS) {
            return unknown(serving, "it has not answered yet");
        }
        Long now = System.nanoTime();
        asked.putIfAbsent(serving, now);
        try {
            ChannelMode answer = calls.call("mode", ANSWER_NANOS, () -> ask(serving, now), late -> {});
            return answer == null ? unknown(serving, "it returned null") : answer;
        } catch (StorageException e) {
            if (e.kind() != Kind.TIMEOUT) {
                // It may not have begun, for want of a thread.
                asked.remove(serving, now);
            }
            return unknown(serving, e.getMessage());
        }
    }

    private ChannelMode ask(Tenure serving, Long since) {
        try {
            return serving.channel().mode();
        } finally {
            asked.remove(serving, since);
        }
    }

    private static ChannelMode unknown(Tenure serving, String why) {
        return ChannelMode.of("unknown", "strategy " + serving.strategy() + " could not tell its mode: " + why);
    }
}
