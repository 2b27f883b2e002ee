package io.pinion.guest.device;

import io.pinion.block.BlockStrategy;
import io.pinion.buffered.BufferedStrategy;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pinion, with all strategies that serve devices. */
public final class Volumes implements AutoCloseable {
    /** Those strategies, best first, and a stranger's; what each of them must do is tested with each. */
    public static final List<String> STRATEGIES = List.of("block", "buffered", "plain");

    private final Pinion pinion = Pinion.start();

    /** Begins without a volume. */
    public Volumes() {
        SystemCalls calls = new LibC();
        pinion.guard(new LinuxTargetGuard(calls));
        pinion.add("block", new BlockStrategy(calls));
        pinion.add("buffered", new BufferedStrategy(new LinuxKernelFiles(calls)));
        pinion.add("plain", new PlainStrategy());
        pinion.add("other", new PlainStrategy());
    }

    /** {@return the names for tests with each strategy, as a source of arguments} */
    public static List<String> strategies() {
        return STRATEGIES;
    }

    /** Configures a volume of the device's name. */
    public void configure(String strategy, Disk disk, Map<String, String> settings) throws StorageException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("target", disk.node().toString());
        all.put("strategy", strategy);
        pinion.configure(disk.name(), all);
    }

    /** {@return a volume on the device, open} */
    public Volume open(String strategy, Disk disk, Map<String, String> settings) throws StorageException {
        configure(strategy, disk, settings);
        return pinion.volume(disk.name(), Await.BOUND);
    }

    /** {@return a volume on the device, open for reading and writing} */
    public Volume open(String strategy, Disk disk) throws StorageException {
        return open(strategy, disk, Map.of());
    }

    /** Returns once the device's volume is not open for a reason that these words are part of. */
    public void awaitRefusal(Disk disk, String words) throws Exception {
        Await.until(
                disk.name() + " is refused: " + words,
                () -> status(disk.name()).reason().contains(words));
    }

    /** {@return how a volume is} */
    public VolumeStatus status(String volume) {
        return pinion.admin().volume(volume).orElseThrow();
    }

    /** {@return what shows and changes the volumes} */
    public VolumeAdmin admin() {
        return pinion.admin();
    }

    @Override
    public void close() {
        pinion.close();
    }
}
