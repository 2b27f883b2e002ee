package io.pinion.block;

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
 * Strategy {@code block}: block devices by O_DIRECT (open(2)). A request that fits the device's blocks and its memory alignment
 * goes from and to the caller's memory, however large: the kernel splits it. Another bounces, and a block of which only a part
 * is the caller's is read, changed and written once.
 */
@Component(service = IoStrategy.class, configurationPid = BlockSettings.PID)
@Strategy(BlockStrategy.NAME)
@Designate(ocd = BlockSettings.class)
public final class BlockStrategy implements IoStrategy {
    static final String NAME = "block";

    private final DirectChannels channels;

    /** Started by the component runtime. */
    @Activate
    public BlockStrategy(@Reference SystemCalls calls, Map<String, Object> properties) {
        this(calls, BounceSettings.DEFAULT.configured(BlockSettings.PID, properties));
    }

    /** The strategy as it comes, for a host without a container. */
    public BlockStrategy(SystemCalls calls) {
        this(calls, BounceSettings.DEFAULT);
    }

    private BlockStrategy(SystemCalls calls, BounceSettings settings) {
        channels = new DirectChannels(calls, new DirectDevices(), settings);
    }

    /** Takes new settings for channels that are opened from now on: a restart of the component would move volumes away. */
    @Modified
    void modified(Map<String, Object> properties) {
        channels.settings(channels.settings().configured(BlockSettings.PID, properties));
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
