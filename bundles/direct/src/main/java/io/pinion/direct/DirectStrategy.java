package io.pinion.direct;

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
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import io.pinion.strategy.WriteZeroes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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

    private final SystemCalls calls;
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
        this.calls = calls;
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
        Path path = target.path();
        Statx stat = new Statx();
        int result = stat.fill(calls, path, Linux.STATX_BASIC_STATS);
        if (result < 0) {
            throw Errno.failure("examine", result).target(target).strategy(NAME).build();
        }
        String wrongType = Examiner.wrongType(stat);
        if (!wrongType.isEmpty()) {
            return Examination.unsuitable(wrongType);
        }
        Finding finding = channels.find(target);
        if (!finding.isSuitable()) {
            return Examination.unsuitable(finding.unsuitable());
        }
        boolean writable = Examiner.isWritable(calls, path, stat);
        Examination.Builder examination = Examination.suitable(target, finding.geometry())
                .capability(
                        Capability.ZERO_COPY,
                        Capability.SET_SIZE,
                        Capability.DURABLE_WRITES,
                        Capability.UNCACHED_TRANSFERS,
                        Capability.NATIVE_QUEUE)
                .access(writable ? Access.READ_WRITE : Access.READ_ONLY);
        if (finding.geometry().atomicWriteMaximum() > 0) {
            examination.capability(Capability.ATOMIC_WRITES);
        }
        finding.mode().notes().forEach(examination::note);
        if (!writable) {
            examination.note("read-only: the file, its mount or its permissions do not allow this process to write");
        }
        extras(target.claim(), examination);
        return examination.build();
    }

    private static void extras(Optional<Claim> claim, Examination.Builder examination) {
        if (claim.flatMap(c -> c.adapt(Discard.class)).isPresent()) {
            examination.capability(Capability.DISCARD);
        }
        if (claim.flatMap(c -> c.adapt(WriteZeroes.class)).isPresent()) {
            examination.capability(Capability.WRITE_ZEROES);
        }
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        return channels.open(target, options);
    }
}
