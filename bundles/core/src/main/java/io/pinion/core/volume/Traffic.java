package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.volume.Observation;
import io.pinion.volume.TrafficObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the operations of a volume that are timed to whoever observes it. Any thread. */
public final class Traffic {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    private final String volume;
    private final List<TrafficObserver> observers = new CopyOnWriteArrayList<>();
    /** The same, for a look that allocates nothing. */
    private volatile TrafficObserver[] shown = {};

    Traffic(String volume) {
        this.volume = volume;
    }

    /** Shows it to this one, too, until that is closed. */
    public Observation show(TrafficObserver observer) {
        // Of its own, so that the same observer twice is two.
        TrafficObserver one = new TrafficObserver() {
            @Override
            public void read(long position, int length, long nanos, boolean sequential) {
                observer.read(position, length, nanos, sequential);
            }

            @Override
            public void write(long position, int length, long nanos, boolean sequential) {
                observer.write(position, length, nanos, sequential);
            }
        };
        change(() -> observers.add(one));
        return () -> change(() -> observers.remove(one));
    }

    private synchronized void change(Runnable change) {
        change.run();
        shown = observers.toArray(TrafficObserver[]::new);
    }

    /** An operation that was timed has ended. */
    void ended(Kind kind, long position, int length, long nanos, boolean sequential) {
        for (TrafficObserver observer : shown) {
            try {
                if (kind == Kind.READ) {
                    observer.read(position, length, nanos, sequential);
                } else {
                    observer.write(position, length, nanos, sequential);
                }
            } catch (RuntimeException | Error e) {
                change(() -> observers.remove(observer));
                LOG.warn("volume {}: an observer of its traffic threw, and is not called again", volume, e);
            }
        }
    }
}
