package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * One test of a strategy: makes targets, opens channels and volumes on them, and gives everything back at the end. An
 * author's own tests may use it beside the kit's. For the test's thread alone.
 */
public final class Trial {
    static final TransferFlags NONE = TransferFlags.NONE;

    private final StrategyUnderTest under;
    private final Path directory;
    private final Holdings holdings = new Holdings();
    private final TransferMeter meter = new TransferMeter();
    private Set<Capability> capabilities;

    Trial(StrategyUnderTest under, Path directory) {
        this.under = under;
        this.directory = directory;
    }

    StrategyUnderTest under() {
        return under;
    }

    /** {@return the strategy under test} */
    public IoStrategy strategy() {
        return under.strategy();
    }

    /** {@return the meter of the channels that {@link #open} opens} */
    public TransferMeter meter() {
        return meter;
    }

    /** {@return a target without a claim, of so many zeroes} */
    public Target unclaimed(long size) throws Exception {
        return under.targets().make(directory, size);
    }

    /** {@return a target of so many zeroes, claimed for writing if there is a guard} */
    public Target target(long size) throws Exception {
        return claimed(unclaimed(size), Access.READ_WRITE);
    }

    /** {@return the target, claimed as its volume would if there is a guard} */
    Target claimed(Target target, Access access) throws StorageException {
        return holdings.claim(target, access, strategy(), under.guard());
    }

    /** {@return a channel that has begun, on a fresh target of so many zeroes} */
    public PositionalChannel open(long size) throws Exception {
        return open(target(size));
    }

    /** {@return a channel that has begun} */
    public PositionalChannel open(Target target) throws StorageException {
        PositionalChannel channel = openOnly(target, Access.READ_WRITE);
        channel.begin(Handover.first());
        return channel;
    }

    /** {@return a channel that has begun, of a driver with queues of its own: without, the test is skipped} */
    PositionalChannel openWithQueues(long size) throws Exception {
        needs(Capability.NATIVE_QUEUE);
        return open(size);
    }

    /** {@return a channel that is open and has not begun} */
    PositionalChannel openOnly(Target target, Access access) throws StorageException {
        OpenOptions options = OpenOptions.of(access).withMeter(meter);
        return holdings.hold(
                assertInstanceOf(PositionalChannel.class, strategy().open(target, options)));
    }

    /** Hands the target over, as a swap does. */
    void succeed(PositionalChannel predecessor, PositionalChannel successor) throws StorageException {
        predecessor.flush();
        successor.begin(predecessor.end(Handover.from(under.name())));
    }

    /** Closes now what would be closed at the end. */
    void close(AutoCloseable thing) throws Exception {
        holdings.close(thing);
    }

    /** {@return a running volume on a fresh target of so many zeroes} */
    HostedVolume volume(long size) throws Exception {
        return volume(unclaimed(size), strategy());
    }

    /** {@return a running volume whose strategy this one stands in for} */
    HostedVolume volume(Target target, IoStrategy standIn) throws Exception {
        return volume(target, standIn, Map.of());
    }

    /** {@return a running volume that is configured as these properties say} */
    HostedVolume volume(Target target, IoStrategy standIn, Map<String, String> properties) throws Exception {
        return holdings.hold(HostedVolume.start(under, target, standIn, properties));
    }

    /** {@return whether the strategy declares this} */
    boolean can(Capability capability) throws Exception {
        if (capabilities == null) {
            Target target = target(BufferKind.PAGE_SIZE);
            Examination found = strategy().examine(target);
            assumeTrue(found.isSuitable(), () -> "the strategy cannot serve " + target + " here: " + found.notes());
            capabilities = found.capabilities();
        }
        return capabilities.contains(capability);
    }

    /** Skips the test unless the strategy declares this. */
    public void needs(Capability capability) throws Exception {
        assumeTrue(can(capability), () -> "strategy " + under.name() + " does not declare " + capability);
    }

    /** {@return what a channel holds, from 0 to its end} */
    static byte[] contentOf(PositionalChannel channel) throws StorageException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        int read = channel.read(all, 0, NONE);
        if (all.hasRemaining()) {
            throw new AssertionError("size=" + all.capacity() + ", but a read of all brings " + read);
        }
        return all.array();
    }

    void end() throws Exception {
        holdings.closeAll();
    }
}
