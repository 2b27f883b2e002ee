package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Strategy {@code tape}: SCSI tape drives by the kernel's driver st. There is one descriptor of a drive, and closing it moves
 * or writes, so channels work on the claim's, and a drive that nobody has claimed is judged by what sysfs has of it.
 */
@Component(service = IoStrategy.class)
@Strategy(value = TapeStrategy.NAME, strategy_shape = "tape")
public final class TapeStrategy implements IoStrategy {
    static final String NAME = "tape";

    /** Long enough for drives to stream, and short enough for adapters. */
    private static final int GOOD_RECORD = 1 << 20;

    private final SystemCalls calls;
    private final Path sys;

    /**
     * By MAJOR:MINOR. A drive that is claimed is asked when it is examined, for which core sees to it that nothing is in flight on it;
     * when it is opened that need not be so.
     */
    private final Map<String, Limits> limits = new ConcurrentHashMap<>();

    /** Started by the component runtime; for a host without a container, too. */
    @Activate
    public TapeStrategy(@Reference SystemCalls calls) {
        this(calls, TapeSysfs.MOUNT);
    }

    TapeStrategy(SystemCalls calls, Path sys) {
        this.calls = calls;
        this.sys = sys;
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        Statx stat = stat(target, "examine");
        if (!TapeSysfs.isTape(stat)) {
            return Examination.unsuitable(wrongType(stat));
        }
        TapeSysfs sysfs = new TapeSysfs(sys, stat.device());
        OptionalInt descriptor = descriptor(target);
        TapeDevice device = new TapeDevice(calls, descriptor.orElse(-1));
        DriveFacts facts = new DriveFacts(sysfs, device.scsi());
        Optional<String> danger = facts.danger();
        if (danger.isPresent()) {
            return Examination.unsuitable(danger.get());
        }
        Limits found = Limits.UNKNOWN;
        if (descriptor.isPresent()) {
            found = limits.merge(stat.device(), ask(device), (before, now) -> now.known() ? now : before);
        }
        Examination.Builder examination = Examination.suitable(target, geometry(found))
                .capability(
                        Capability.ZERO_COPY,
                        Capability.FIXED_BLOCKS,
                        Capability.DENSITY,
                        Capability.COMPRESSION,
                        Capability.ERASE,
                        Capability.LOAD);
        if (sysfs.has(Linux.MT_ST_CAN_PARTITIONS)) {
            examination.capability(Capability.PARTITIONS);
        }
        facts.driver().forEach(examination::note);
        return examination.build();
    }

    private Statx stat(Target target, String operation) throws StorageException {
        Statx stat = new Statx();
        int result = stat.fill(calls, target.path(), Linux.STATX_BASIC_STATS);
        if (result < 0) {
            throw Errno.failure(operation, result).target(target).strategy(NAME).build();
        }
        return stat;
    }

    private static String wrongType(Statx stat) {
        return switch (stat.type()) {
            case Linux.S_IFBLK -> "it is a block device: use a volume with strategy block";
            case Linux.S_IFREG -> "it is a file: name it tape-image:PATH for an image of a tape";
            case Linux.S_IFDIR -> "it is a directory: name a tape drive";
            default -> "it is no tape drive";
        };
    }

    private static OptionalInt descriptor(Target target) {
        Optional<Claim> claim = target.claim();
        return claim.isPresent() ? claim.get().descriptor() : OptionalInt.empty();
    }

    /** Of the driver first, as always before something goes past it. */
    private static Limits ask(TapeDevice device) {
        return device.position() >= 0 || device.look() >= 0 ? Limits.of(device.scsi()) : Limits.UNKNOWN;
    }

    private Geometry geometry(Limits found) {
        return Geometry.builder()
                .memoryAlignment(calls.pageSize())
                .optimalIoSize(Math.min(GOOD_RECORD, found.longest()))
                .minimumRecordSize(found.shortest())
                .maximumRecordSize(found.longest())
                .recordGranularity(found.granularity())
                .build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        Statx stat = stat(target, "open");
        OptionalInt descriptor = descriptor(target);
        if (!TapeSysfs.isTape(stat) || descriptor.isEmpty()) {
            String words = TapeSysfs.isTape(stat)
                    ? "a tape drive is opened once, by whoever guards it, and there is no claim: the bundle io.pinion.linux makes one"
                    : wrongType(stat);
            throw StorageException.of(Kind.UNSUPPORTED, "open", words)
                    .target(target)
                    .strategy(NAME)
                    .build();
        }
        int number = descriptor.getAsInt();
        TapeSysfs sysfs = new TapeSysfs(sys, stat.device());
        Limits known = limits.computeIfAbsent(stat.device(), d -> ask(new TapeDevice(calls, number)));
        return new StChannel(calls, number, sysfs, known, target, geometry(known), mode(sysfs), options);
    }

    private ChannelMode mode(TapeSysfs sysfs) {
        if (!sysfs.triesDirect()) {
            return ChannelMode.of("st, copied by the driver", "try_direct_io=0 in /sys/bus/scsi/drivers/st");
        }
        long longest = (long) sysfs.segments() * calls.pageSize();
        return ChannelMode.of(
                "st, direct I/O",
                "the adapter transfers from and to page-aligned memory, records of up to " + longest + " bytes");
    }
}
