package io.pinion.core.control;

import io.pinion.core.volume.Tenure;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks channels how they move bytes, for whoever shows it: a driver that does not answer is waited for once, and not asked
 * again before it has answered.
 */
final class Modes {
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BoundedCalls calls;
    private final Set<Tenure> silent = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    Modes(BoundedCalls calls) {
        this.calls = calls;
    }

    ChannelMode of(Tenure serving) {
        if (silent.contains(serving)) {
            return unknown(serving, "it has not answered yet");
        }
        try {
            ChannelMode answer =
                    calls.call("mode", ANSWER_NANOS, () -> serving.channel().mode(), late -> silent.remove(serving));
            return answer == null ? unknown(serving, "it returned null") : answer;
        } catch (StorageException e) {
            if (e.kind() == Kind.TIMEOUT) {
                silent.add(serving);
            }
            return unknown(serving, e.getMessage());
        }
    }

    private static ChannelMode unknown(Tenure serving, String why) {
        return ChannelMode.of("unknown", "strategy " + serving.strategy() + " could not tell its mode: " + why);
    }
}
