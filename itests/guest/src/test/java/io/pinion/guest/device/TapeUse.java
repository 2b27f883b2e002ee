package io.pinion.guest.device;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferMeter;
import io.pinion.tape.st.TapeStrategy;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A tape drive in use, as core does it: claimed, examined, and served by a channel of strategy {@code tape}. */
public final class TapeUse implements AutoCloseable {
    private static final int PAGE = 4096;

    private final TapeStrategy strategy;
    private final Claim claim;
    private final Target target;
    private final Examination examination;
    private final TransferMeter meter = new TransferMeter();
    private final TapeResult result = new TapeResult();
    private TapeChannel channel;

    /** Begins to use a drive, wherever its tape stands. */
    public TapeUse(Tape tape) throws StorageException {
        this(tape.node(), Access.READ_WRITE);
    }

    /** Begins to use a drive by any of its names. */
    public TapeUse(Path node, Access access) throws StorageException {
        SystemCalls calls = new LibC();
        strategy = new TapeStrategy(calls);
        Target named = Target.of(node);
        claim = new LinuxTargetGuard(calls).claim(named, ClaimRequest.of(access));
        target = named.claimedBy(claim);
        try {
            examination = strategy.examine(target);
            assertTrue(examination.isSuitable(), examination::toString);
            channel = open();
            channel.begin(Handover.first());
        } catch (StorageException | RuntimeException | Error e) {
            claim.close();
            throw e;
        }
    }

    private TapeChannel open() throws StorageException {
        return (TapeChannel)
                strategy.open(target, OpenOptions.of(claim.access()).withMeter(meter));
    }

    /** {@return what the strategy says of the drive} */
    public Examination examination() {
        return examination;
    }

    /** {@return what serves it now} */
    public TapeChannel channel() {
        return channel;
    }

    /** {@return what was copied, and why} */
    public TransferMeter meter() {
        return meter;
    }

    /** {@return a result that is clear, always the same} */
    public TapeResult result() {
        result.clear();
        return result;
    }

    /** Has another channel take over, as a swap does. */
    public void swap() throws StorageException {
        TapeChannel successor = open();
        channel.flush();
        Handover handover = channel.end(Handover.from("tape").at(channel.position()));
        successor.begin(handover);
        channel.close();
        channel = successor;
    }

    /** {@return page-aligned memory} */
    public static ByteBuffer memory(int length) {
        int pages = (length + PAGE - 1) / PAGE + 1;
        return ByteBuffer.allocateDirect(pages * PAGE).alignedSlice(PAGE).slice(0, length);
    }

    /** Gives the drive up, without a flush: as core does with a channel that it has abandoned. */
    public void abandon() {
        channel.close();
        claim.close();
    }

    @Override
    public void close() throws StorageException {
        try {
            channel.flush();
        } finally {
            abandon();
        }
    }
}
