package io.pinion.tck;

import io.pinion.strategy.Access;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a test holds: the latest is given back first, whatever becomes of the others. For the test's thread alone. */
final class Holdings {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** {@return the thing, which is closed in the end} */
    <T extends AutoCloseable> T hold(T thing) {
        open.push(thing);
        return thing;
    }

    /** Closes now what would be closed at the end. */
    void close(AutoCloseable thing) throws Exception {
        open.remove(thing);
        thing.close();
    }

    /** {@return the target, claimed as core would if there is a guard, and something to claim} */
    Target claim(Target target, Access access, IoStrategy strategy, Optional<TargetGuard> guard)
            throws StorageException {
        if (guard.isEmpty()) {
            return target;
        }
        Target beneath = target.scheme().equals(Target.PATH)
                ? target
                : strategy.examine(target).backing().orElse(null);
        return beneath == null ? target : target.claimedBy(hold(guard.get().claim(beneath, ClaimRequest.of(access))));
    }

    void closeAll() throws Exception {
        Exception failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
