package io.pinion.itests;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * An application that writes to every volume it finds, rising numbers in one place, until it is told that the volume is
 * closed; it does not care that it is stopped itself. What it was told to be written it leaves in a map that the scenario
 * outside the container sees, among the system's properties.
 */
public final class WritingActivator implements BundleActivator {
    static final String WRITTEN = "pinion.it.written";
    static final String ENDED = "pinion.it.ended";

    private ServiceTracker<Volume, Volume> tracker;

    @Override
    public void start(BundleContext context) {
        context.registerService(
                IoStrategy.class, new LazyStrategy(), new Hashtable<>(Map.of("pinion.strategy", "lazy")));
        tracker = new ServiceTracker<>(context, Volume.class, null) {
            @Override
            public Volume addingService(org.osgi.framework.ServiceReference<Volume> reference) {
                Volume volume = super.addingService(reference);
                Thread writer = new Thread(() -> write(volume), "writer-" + volume.name());
                writer.setDaemon(true);
                writer.start();
                return volume;
            }
        };
        tracker.open();
    }

    @Override
    public void stop(BundleContext context) {
        tracker.close();
    }

    private static void write(Volume volume) {
        try {
            for (long number = 1; ; number++) {
                volume.write(ByteBuffer.allocate(Long.BYTES).putLong(number).flip(), 0);
                map(WRITTEN).put(volume.name(), number);
            }
        } catch (StorageException e) {
            map(ENDED).put(volume.name(), e.kind().toString());
        } catch (RuntimeException | LinkageError e) {
            map(ENDED).put(volume.name(), e.toString());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String key) {
        return (Map<String, Object>) System.getProperties().get(key);
    }
}
