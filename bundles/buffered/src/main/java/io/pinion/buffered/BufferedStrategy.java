package io.pinion.buffered;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.KernelFiles;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PageCacheAdvice;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import io.pinion.strategy.WriteZeroes;
import io.pinion.strategy.Zones;
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

/**
 * Serves regular files through {@link java.nio.channels.FileChannel}, on every operating system; uncached and on rings where a
 * service {@link KernelFiles} is.
 */
@Component(service = IoStrategy.class, configurationPid = BufferedStrategy.PID)
@Designate(ocd = BufferedConfiguration.class)
@Strategy(BufferedStrategy.NAME)
public final class BufferedStrategy implements IoStrategy {
    static final String NAME = "buffered";
    static final String PID = "io.pinion.buffered";

    private static final Logger LOG = LoggerFactory.getLogger(BufferedStrategy.class);

    private final Set<BufferedChannel> channels = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Surroundings> surroundings = new AtomicReference<>(Surroundings.PLAIN);

    /** The strategy where Java is all there is, for a host without a container. */
    public BufferedStrategy() {}

    /** The strategy as it comes beside the operating system's service, for a host without a container. */
    public BufferedStrategy(KernelFiles kernel) {
        change(old -> old.beside(kernel));
    }

    /** Started by the component runtime. */
    @Activate
    public BufferedStrategy(Map<String, Object> properties) {
        configure(properties);
    }

    /** A configuration has come, changed or gone. A bad one changes nothing; it is logged, and told by each channel. */
    @Modified
    void configure(Map<String, Object> properties) {
        String problem = change(old -> old.configured(properties)).settings().problem();
        if (!problem.isEmpty()) {
            LOG.warn("{}: {}", PID, problem);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAdvice(PageCacheAdvice service) {
        change(old -> old.advisedBy(service));
    }

    void unbindAdvice(PageCacheAdvice service) {
        change(old -> old.notAdvisedBy(service));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindKernel(KernelFiles service) {
        change(old -> old.beside(service));
    }

    /** What it opened is used on: by channels until they are closed or another comes. */
    void unbindKernel(KernelFiles service) {
        change(old -> old.without(service));
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        Failures failures = new Failures(target);
        try {
            FileSort sort = FileSort.of(target.path());
            if (!sort.isServed()) {
                return Examination.unsuitable("target=" + target + " " + sort.words());
            }
            if (!Files.isReadable(target.path())) {
                throw failures.of(
                        Kind.ACCESS_DENIED, "examine", "this process's user lacks the permission to read the file");
            }
            Examination.Builder finding =
                    Examination.suitable(target, geometry(target.path())).capability(Capability.ZERO_COPY);
            if (sort == FileSort.REGULAR) {
                finding.capability(Capability.SET_SIZE);
            }
            if (!Files.isWritable(target.path())) {
                finding.access(Access.READ_ONLY).note("the file, or its file system, is not to be written");
            }
            examineKernel(target, finding);
            target.claim().ifPresent(claim -> {
                // The offsets are the claim's own, so that its extras are the channel's.
                claim.adapt(Discard.class).ifPresent(extra -> finding.capability(Capability.DISCARD));
                claim.adapt(WriteZeroes.class).ifPresent(extra -> finding.capability(Capability.WRITE_ZEROES));
                claim.adapt(Resize.class).ifPresent(extra -> finding.capability(Capability.RESIZE));
                claim.adapt(Zones.class).ifPresent(extra -> finding.capability(Capability.ZONES));
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
            if (!sort.isServed()) {
                throw failures.of(Kind.WRONG_TYPE, "open", "target=" + target + " " + sort.words());
            }
            Geometry geometry = geometry(target.path());
            Surroundings before = surroundings.get();
            BufferedChannel channel =
                    new BufferedChannel(target, options, geometry, surroundings::get, channels::remove);
            channels.add(channel);
            if (surroundings.get() != before) {
                channel.heed();
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

    /** Declares what the kernel does beyond Java, as far as it can be had. */
    private void examineKernel(Target target, Examination.Builder finding) {
        KernelFiles kernel = surroundings.get().kernel().orElse(null);
        if (kernel == null) {
            return;
        }
        try (KernelFile file = kernel.open(target.path(), Access.READ_ONLY)) {
            finding.capability(Capability.NATIVE_QUEUE);
            if (file.uncachedRefusal().isEmpty()) {
                finding.capability(Capability.UNCACHED_TRANSFERS);
            } else {
                finding.note("transfers can't be uncached here: " + file.uncachedRefusal());
            }
        } catch (StorageException | RuntimeException e) {
            finding.note("queues are built on threads, and transfers can't be uncached: " + e.getMessage());
        }
    }

    private Surroundings change(UnaryOperator<Surroundings> how) {
        Surroundings changed = surroundings.updateAndGet(how);
        channels.forEach(BufferedChannel::heed);
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
