package io.pinion.block;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.direct.BounceSettings;
import io.pinion.linux.direct.DirectChannels;
import io.pinion.linux.direct.Finding;
import io.pinion.memory.PagePinner;
import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import io.pinion.strategy.WriteZeroes;
import io.pinion.strategy.Zones;
import java.nio.file.Path;
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

    private final SystemCalls calls;
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
        this.calls = calls;
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
        Path path = target.path();
        Statx stat = new Statx();
        int result = stat.fill(calls, path, Linux.STATX_BASIC_STATS);
        if (result < 0) {
            throw Errno.failure("examine", result).target(target).strategy(NAME).build();
        }
        String wrongType = DeviceExaminer.wrongType(stat);
        if (!wrongType.isEmpty()) {
            // Before it is opened: that alone would move a tape, or wait for a pipe.
            return Examination.unsuitable(wrongType);
        }
        Finding finding = channels.find(target);
        if (!finding.isSuitable()) {
            return Examination.unsuitable(finding.unsuitable());
        }
        Examination.Builder examination = Examination.suitable(target, finding.geometry())
                .capability(
                        Capability.ZERO_COPY,
                        Capability.DURABLE_WRITES,
                        Capability.UNCACHED_TRANSFERS,
                        Capability.NATIVE_QUEUE);
        if (finding.geometry().atomicWriteMaximum() > 0) {
            examination.capability(Capability.ATOMIC_WRITES);
        }
        byte[] name = SystemCalls.path(path);
        if (calls.faccessat(Linux.AT_FDCWD, name, Linux.W_OK, Linux.AT_EACCESS) != 0) {
            examination.access(Access.READ_ONLY).note("read-only: the permissions do not allow this process to write");
        }
        finding.mode().notes().forEach(examination::note);
        target.claim().ifPresent(claim -> offer(claim, examination));
        return examination.build();
    }

    /** The channel offers what the claim does. */
    private static void offer(Claim claim, Examination.Builder examination) {
        claim.adapt(Discard.class).ifPresent(extra -> examination.capability(Capability.DISCARD));
        claim.adapt(WriteZeroes.class).ifPresent(extra -> examination.capability(Capability.WRITE_ZEROES));
        claim.adapt(Resize.class).ifPresent(extra -> examination.capability(Capability.RESIZE));
        claim.adapt(Zones.class).ifPresent(extra -> examination.capability(Capability.ZONES));
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        return channels.open(target, options);
    }
}
