package io.pinion.direct;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.direct.BounceSettings;
import io.pinion.linux.direct.DirectChannels;
import io.pinion.memory.PagePinner;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Strategy {@code direct}: regular files by O_DIRECT (open(2)). Transfers that meet the file's alignment go from and to the
 * caller's memory; others bounce through memory that is mapped once per channel, and pinned while a {@link PagePinner} is
 * there.
 */
@Component(service = IoStrategy.class, configurationPid = DirectSettings.PID)
@Strategy(DirectStrategy.NAME)
@Designate(ocd = DirectSettings.class)
public final class DirectStrategy implements IoStrategy {
    static final String NAME = "direct";

    private final DirectChannels channels;

    /** Started by the component runtime. */
    @Activate
    public DirectStrategy(@Reference SystemCalls calls, Map<String, Object> properties) {
        this(calls, BounceSettings.DEFAULT.configured(DirectSettings.PID, properties));
    }

    /** The strategy as it comes, for a host without a container. */
    public DirectStrategy(SystemCalls calls) {
        this(calls, BounceSettings.DEFAULT);
    }

    private DirectStrategy(SystemCalls calls, BounceSettings settings) {
        channels = new DirectChannels(calls, new DirectFiles(), settings);
    }

    /** Takes new settings for channels that are opened from now on: a restart of the component would move volumes away. */
    @Modified
    void modified(Map<String, Object> properties) {
        channels.settings(channels.settings().configured(DirectSettings.PID, properties));
    }

    /** Pins what open channels hold, too. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindPinner(PagePinner arrived) {
        channels.bindPinner(arrived);
    }

    /** What it pinned stays pinned until the channels are closed. A better one may have come first. */
    public void unbindPinner(PagePinner left) {
        channels.unbindPinner(left);
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        return channels.examine(target);
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        return channels.open(target, options);
    }
}
