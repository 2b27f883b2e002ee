package io.pinion.core.control;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.VolumeState;
import java.util.ArrayList;
import java.util.List;

/** The reopenings whose end is not known yet, and the commands beside them. For the reconciler's thread. */
final class Reopenings {
    private final Actual actual;
    private final List<Wishes.Command> open = new ArrayList<>();

    Reopenings(Actual actual) {
        this.actual = actual;
    }

    /** It has begun. */
    void add(Wishes.Command command) {
        open.add(command);
    }

    /** All that was to be done has been tried; what settles is not at its end. */
    void complete(List<Wishes.Command> commands, boolean settling) {
        commands.stream()
                .filter(command -> !open.contains(command))
                .forEach(command -> command.result().complete(null));
        if (actual.state == VolumeState.OPEN) {
            open.forEach(command -> command.result().complete(null));
        } else if (settling) {
            return;
        } else {
            fail(StorageException.of(
                            Kind.UNAVAILABLE, "reopen", actual.volume + " is " + actual.state + ": " + actual.reason)
                    .build());
        }
        open.clear();
    }

    void fail(StorageException why) {
        open.forEach(command -> command.fail(why));
    }
}
