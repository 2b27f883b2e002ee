package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.PagePinner;
import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Examination;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.WriteZeroes;
import io.pinion.strategy.Zones;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The channels of a strategy by O_DIRECT. Transfers that meet the target's alignment go from and to the caller's memory; others
 * bounce through memory that is mapped once per channel, and pinned while a {@link PagePinner} is there. Safe for any thread.
 */
public final class DirectChannels {
    private final SystemCalls calls;
    private final DirectMedium medium;
    private final AtomicReference<PagePinner> pinner = new AtomicReference<>();
    private final Set<DirectChannel> channels = ConcurrentHashMap.newKeySet();
    private volatile BounceSettings settings;

    /** @param settings of the channels that are opened, until there are {@linkplain #settings(BounceSettings) others} */
    public DirectChannels(SystemCalls calls, DirectMedium medium, BounceSettings settings) {
        this.calls = calls;
        this.medium = medium;
        this.settings = settings;
    }

    /** {@return the settings of channels that are opened now} */
    public BounceSettings settings() {
        return settings;
    }

    /** Takes new settings for channels that are opened from now on. */
    public void settings(BounceSettings others) {
        settings = others;
    }

    /** Pins what open channels hold, too. */
    public void bindPinner(PagePinner arrived) {
        pinner.set(arrived);
        channels.forEach(channel -> channel.pin(arrived));
    }

    /** What it pinned stays pinned until the channels are closed. A better one may have come first. */
    public void unbindPinner(PagePinner left) {
        pinner.compareAndSet(left, null);
    }

    /**
     * {@return what the strategy says of a target} Opens it for reading, if it is of the right sort, and holds nothing afterwards.
     *
     * @throws StorageException with target and strategy
     */
    public Examination examine(Target target) throws StorageException {
        Path path = target.path();
        Statx stat = new Statx();
        int result = stat.fill(calls, path, Linux.STATX_BASIC_STATS);
        if (result < 0) {
            throw Errno.failure("examine", result)
                    .target(target)
                    .strategy(medium.strategy())
                    .build();
        }
        // Before it is opened: that alone would move a tape, or wait for a pipe.
        String wrongType = medium.wrongType(stat);
        if (!wrongType.isEmpty()) {
            return Examination.unsuitable(wrongType);
        }
        Finding finding = find(target);
        if (!finding.isSuitable()) {
            return Examination.unsuitable(finding.unsuitable());
        }
        Examination.Builder examination = Examination.suitable(target, finding.geometry())
                .capability(
                        Capability.ZERO_COPY,
                        Capability.DURABLE_WRITES,
                        Capability.UNCACHED_TRANSFERS,
                        Capability.NATIVE_QUEUE);
        if (medium.isResizable()) {
            examination.capability(Capability.SET_SIZE);
        }
        if (finding.geometry().atomicWriteMaximum() > 0) {
            examination.capability(Capability.ATOMIC_WRITES);
        }
        finding.mode().notes().forEach(examination::note);
        if (!isWritable(path, stat)) {
            examination
                    .access(Access.READ_ONLY)
                    .note(
                            "read-only: its marks (chattr), its mount or its permissions do not allow this process to write");
        }
        target.claim().ifPresent(claim -> offer(claim, examination));
        return examination.build();
    }

    /** Does not open it, which on an overlay would copy it. */
    private boolean isWritable(Path path, Statx stat) {
        boolean marked = stat.isMarked(Linux.STATX_ATTR_IMMUTABLE) || stat.isMarked(Linux.STATX_ATTR_APPEND);
        byte[] name = SystemCalls.path(path);
        return !marked
                && SystemCalls.uninterrupted(() -> calls.faccessat(Linux.AT_FDCWD, name, Linux.W_OK, Linux.AT_EACCESS))
                        == 0;
    }

    /** The channel offers what the claim does. */
    private static void offer(Claim claim, Examination.Builder examination) {
        claim.adapt(Discard.class).ifPresent(extra -> examination.capability(Capability.DISCARD));
        claim.adapt(WriteZeroes.class).ifPresent(extra -> examination.capability(Capability.WRITE_ZEROES));
        claim.adapt(Resize.class).ifPresent(extra -> examination.capability(Capability.RESIZE));
        claim.adapt(Zones.class).ifPresent(extra -> examination.capability(Capability.ZONES));
    }

    private Finding find(Target target) throws StorageException {
        OpenFile file;
        try {
            file = OpenFile.open(calls, target.path(), Access.READ_ONLY, medium.flags());
        } catch (StorageException e) {
            if (e.kind() == Kind.UNSUPPORTED) {
                return Finding.unsuitable(e.getMessage());
            }
            throw e.in(target, medium.strategy());
        }
        try {
            return medium.find(file, target.path());
        } catch (StorageException e) {
            throw e.in(target, medium.strategy());
        } finally {
            file.close();
        }
    }

    /**
     * Opens a channel, with descriptors of its own by way of the claim's. Those of a file are that file whatever its name is by
     * now. A device is opened by its number, which may be another's once it is gone: core looks at the claim's device when this
     * has returned, and when a queue has been opened, and what was opened before it was found there is that one.
     *
     * @throws StorageException with target and strategy: {@code UNSUPPORTED} when the target can't be served, or what open(2)
     *     and mmap(2) say; nothing is held
     */
    public PositionalChannel open(Target target, OpenOptions options) throws StorageException {
        try {
            OpenFile file = OpenFile.open(calls, target.path(), options.access(), medium.flags());
            try {
                OpenFile durable = file.durable();
                try {
                    return channel(target, options, file, durable);
                } catch (StorageException | RuntimeException e) {
                    durable.close();
                    throw e;
                }
            } catch (StorageException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (StorageException e) {
            throw e.in(target, medium.strategy());
        }
    }

    private DirectChannel channel(Target target, OpenOptions options, OpenFile file, OpenFile durable)
            throws StorageException {
        Finding finding = medium.find(file, target.path());
        if (!finding.isSuitable()) {
            throw StorageException.of(Kind.UNSUPPORTED, "open", finding.unsuitable())
                    .build();
        }
        BounceSettings chosen = settings;
        BounceMemory memory = BounceMemory.map(calls, chosen, options.meter());
        DirectChannel channel = new DirectChannel(
                target, medium, file, durable, finding, memory, chosen, options.meter(), channels::remove);
        // First in the set, then pinned: a pinner that arrives meanwhile sees the channel, or is seen.
        channels.add(channel);
        PagePinner present = pinner.get();
        if (present != null) {
            channel.pin(present);
        }
        return channel;
    }
}
