package io.pinion.itests;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Registers a strategy whose ranking is its bundle's major version, which its mode tells, too. */
public final class VersionedActivator implements BundleActivator {
    static final String STRATEGY = "versioned";

    @Override
    public void start(BundleContext context) {
        int version = context.getBundle().getVersion().getMajor();
        context.registerService(
                IoStrategy.class,
                new Versioned(version),
                new Hashtable<>(Map.of("pinion.strategy", STRATEGY, Constants.SERVICE_RANKING, version)));
    }

    @Override
    public void stop(BundleContext context) {}

    private record Versioned(int version) implements IoStrategy {
        @Override
        public Examination examine(Target target) {
            return Examination.suitable(target, Geometry.builder().build()).build();
        }

        @Override
        public IoChannel open(Target target, OpenOptions options) throws StorageException {
            return new VersionedChannel(target, version);
        }
    }

    private static final class VersionedChannel extends PlainChannel {
        private final int version;

        VersionedChannel(Target target, int version) throws StorageException {
            super(target);
            this.version = version;
        }

        @Override
        public ChannelMode mode() {
            return ChannelMode.of("version " + version);
        }
    }
}
