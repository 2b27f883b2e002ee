package io.pinion.buffered;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PageCacheAdvice;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import io.pinion.strategy.WriteZeroes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves regular files through {@link java.nio.channels.FileChannel}; works on every operating system. */
@Component(service = IoStrategy.class, configurationPid = BufferedStrategy.PID)
@Designate(ocd = BufferedConfiguration.class)
@Strategy(BufferedStrategy.NAME)
public final class BufferedStrategy implements IoStrategy {
    static final String NAME = "buffered";
    static final String PID = "io.pinion.buffered";

    private static final Logger LOG = LoggerFactory.getLogger(BufferedStrategy.class);

    private final Set<BufferedChannel> channels = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Advice> advice = new AtomicReference<>(Advice.NONE);

    /** A strategy that gives the kernel no advice. */
    public BufferedStrategy() {}

    /** Started by the component runtime. */
    @Activate
    public BufferedStrategy(Map<String, Object> properties) {
        configure(properties);
    }

    /** A configuration has come, changed or gone. A bad one changes nothing; it is logged, and told by each channel. */
    @Modified
    void configure(Map<String, Object> properties) {
        String problem = change(old -> old.configured(properties)).problem();
        if (!problem.isEmpty()) {
            LOG.warn("{}: {}", PID, problem);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAdvice(PageCacheAdvice service) {
        change(old -> old.by(service));
    }

    void unbindAdvice(PageCacheAdvice service) {
        change(old -> old.without(service));
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        Failures failures = new Failures(target);
        try {
            FileSort sort = FileSort.of(target.path());
            if (sort != FileSort.REGULAR) {
                return Examination.unsuitable("target=" + target + " " + sort.words());
            }
            if (!Files.isReadable(target.path())) {
                throw failures.of(
                        Kind.ACCESS_DENIED, "examine", "this process's user lacks the permission to read the file");
            }
            Examination.Builder finding = Examination.suitable(target, geometry(target.path()))
                    .capability(Capability.ZERO_COPY, Capability.SET_SIZE);
            if (!Files.isWritable(target.path())) {
                finding.access(Access.READ_ONLY).note("the file, or its file system, is not to be written");
            }
            target.claim().ifPresent(claim -> {
                // The offsets are the claim's own, so that its extras are the channel's.
                claim.adapt(Discard.class).ifPresent(extra -> finding.capability(Capability.DISCARD));
                claim.adapt(WriteZeroes.class).ifPresent(extra -> finding.capability(Capability.WRITE_ZEROES));
            });
            return finding.build();
        } catch (IOException e) {
            throw failures.of("examine", e);
        }
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        Failures failures = new Failures(target);
        boolean interrupted = Thread.interrupted();
        try {
            // A pipe would wait for its other end.
            FileSort sort = FileSort.of(target.path());
            if (sort != FileSort.REGULAR) {
                throw failures.of(Kind.WRONG_TYPE, "open", "target=" + target + " " + sort.words());
            }
            Geometry geometry = geometry(target.path());
            Advice given = advice.get();
            BufferedChannel channel = new BufferedChannel(target, options, geometry, advice::get, channels::remove);
            channels.add(channel);
            if (advice.get() != given) {
                channel.advise();
            }
            return channel;
        } catch (IOException e) {
            throw failures.of("open", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Advice change(UnaryOperator<Advice> how) {
        Advice changed = advice.updateAndGet(how);
        channels.forEach(BufferedChannel::advise);
        return changed;
    }

    private static Geometry geometry(Path path) {
        Geometry.Builder geometry = Geometry.builder().optimalIoSize(128 * 1024).queueDepth(32);
        try {
            long block = Files.getFileStore(path).getBlockSize();
            if (Long.bitCount(block) == 1 && block >= 512 && block <= 1 << 20) {
                geometry.physicalBlockSize((int) block);
            }
        } catch (IOException e) {
            // A file that was deleted while it is claimed has no file store any more; the plain geometry will do.
            return geometry.build();
        }
        return geometry.build();
    }
}
