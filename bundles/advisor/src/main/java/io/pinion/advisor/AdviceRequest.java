package io.pinion.advisor;

import io.pinion.strategy.Target;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What to measure, and how much of the machine that may take. Immutable; it will grow. */
public final class AdviceRequest {
    private final Target target;
    private final String volume;
    private final Load load;
    private final Duration budget;
    private final long bytes;
    private final long bytesPerSecond;
    private final boolean writing;

    private AdviceRequest(
            Target target,
            String volume,
            Load load,
            Duration budget,
            long bytes,
            long bytesPerSecond,
            boolean writing) {
        this.target = target;
        this.volume = volume;
        this.load = load;
        this.budget = Objects.requireNonNull(budget);
        this.bytes = bytes;
        this.bytesPerSecond = bytesPerSecond;
        this.writing = writing;
    }

    /** {@return a request about a file, a directory's file system or a block device, with a load} */
    public static AdviceRequest of(Target target, Load load) {
        return new AdviceRequest(
                Objects.requireNonNull(target), "", Objects.requireNonNull(load), Duration.ofSeconds(60), 0, 0, false);
    }

    /** {@return a request about a volume, with the load that it is seen to have} */
    public static AdviceRequest ofVolume(String name) {
        return new AdviceRequest(null, Objects.requireNonNull(name), null, Duration.ofSeconds(60), 0, 0, false);
    }

    /** {@return this request, taking so long at most} */
    public AdviceRequest within(Duration newBudget) {
        return new AdviceRequest(target, volume, load, newBudget, bytes, bytesPerSecond, writing);
    }

    /** {@return this request, moving so many bytes at most; 0 for no bound} */
    public AdviceRequest moving(long newBytes) {
        return new AdviceRequest(target, volume, load, budget, newBytes, bytesPerSecond, writing);
    }

    /** {@return this request, disturbing others by so many bytes a second at most; 0 for no bound} */
    public AdviceRequest disturbing(long newBytesPerSecond) {
        return new AdviceRequest(target, volume, load, budget, bytes, newBytesPerSecond, writing);
    }

    /** {@return this request, allowed to make a scratch file beside the target, and to write it} */
    public AdviceRequest writing() {
        return new AdviceRequest(target, volume, load, budget, bytes, bytesPerSecond, true);
    }

    /** {@return what it is about; empty when that is a volume} */
    public Optional<Target> target() {
        return Optional.ofNullable(target);
    }

    /** {@return the volume that it is about; empty when it is a target} */
    public String volume() {
        return volume;
    }

    /** {@return what to play; empty when a volume's own load is to be recorded} */
    public Optional<Load> load() {
        return Optional.ofNullable(load);
    }

    /** {@return how long it may take} */
    public Duration budget() {
        return budget;
    }

    /** {@return how many bytes it may move; 0 for no bound} */
    public long bytes() {
        return bytes;
    }

    /** {@return how many bytes a second it may move; 0 for no bound} */
    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** {@return whether it may make a scratch file, and write that} Nothing else is ever written. */
    public boolean isWriting() {
        return writing;
    }
}
