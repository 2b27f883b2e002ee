package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferMeter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * One test of a strategy of tapes, with one tape: opens channels on it, and gives everything back at the end. An author's
 * own tests may use it beside the kit's. For the test's thread alone.
 */
public final class TapeTrial {
    private final TapeUnderTest under;
    private final Path directory;
    private final Holdings holdings = new Holdings();
    private final TransferMeter meter = new TransferMeter();
    private Target target;
    private Set<Capability> capabilities;

    TapeTrial(TapeUnderTest under, Path directory) {
        this.under = under;
        this.directory = directory;
    }

    TapeUnderTest under() {
        return under;
    }

    TapeTraits traits() {
        return under.traits();
    }

    /** {@return the strategy under test} */
    public IoStrategy strategy() {
        return under.strategy();
    }

    /** {@return the meter of the channels that {@link #open} opens} */
    public TransferMeter meter() {
        return meter;
    }

    /** {@return this test's tape, blank when it is asked for first, claimed for writing if there is a guard} */
    public Target target() throws Exception {
        if (target == null) {
            target = claimed(under.tapes().make(directory));
        }
        return target;
    }

    /** {@return this test's tape, which is one whose end is near: without, the test is skipped} */
    public Target endingTarget() throws Exception {
        assumeTrue(
                under.endingTapes().isPresent(),
                "the author gave no tapes that can be filled in a test: TapeUnderTest.ending");
        if (target == null) {
            target = claimed(under.endingTapes().orElseThrow().make(directory));
        }
        return target;
    }

    /** {@return this test's tape, which nobody has claimed; for a test that opens no channel itself} */
    Target unclaimed() throws Exception {
        return under.tapes().make(directory);
    }

    private Target claimed(Target made) throws StorageException {
        return holdings.claim(made, Access.READ_WRITE, strategy(), under.guard());
    }

    /** {@return a channel to this test's tape that has begun, at the beginning of the tape} */
    public TapeChannel open() throws Exception {
        return open(target());
    }

    /** {@return a channel that has begun, at the beginning of its tape, in variable mode} */
    public TapeChannel open(Target tape) throws StorageException {
        TapeChannel channel = openOnly(tape, Access.READ_WRITE);
        channel.begin(Handover.first());
        channel.rewind(new TapeResult());
        if (channel.status().blockSize() != 0) {
            channel.setBlockSize(0);
        }
        return channel;
    }

    /** {@return a channel that is open and has not begun} */
    TapeChannel openOnly(Target tape, Access access) throws StorageException {
        OpenOptions options = OpenOptions.of(access).withMeter(meter);
        return holdings.hold(assertInstanceOf(TapeChannel.class, strategy().open(tape, options)));
    }

    /** Hands the tape over, as a swap does. */
    void succeed(TapeChannel predecessor, TapeChannel successor) throws StorageException {
        predecessor.flush();
        Handover handover = Handover.from(under.name()).at(predecessor.position());
        successor.begin(predecessor.end(handover));
    }

    /** Closes now what would be closed at the end. */
    void close(AutoCloseable thing) throws Exception {
        holdings.close(thing);
    }

    /** {@return this test's tape, whose every operation is compared with a model} */
    CheckedTape tape() throws Exception {
        return new CheckedTape(new TapeChannelSubject(this, target()), traits(), TapeEnd.far(traits()));
    }

    /** {@return this test's tape, whose every operation is compared with a model, and whose end is near} */
    CheckedTape endingTape() throws Exception {
        return new CheckedTape(new TapeChannelSubject(this, endingTarget()), traits(), TapeEnd.near(traits()));
    }

    /** {@return a running drive with this test's tape, configured as these properties say; skipped where core can't claim it} */
    HostedDrive drive(Map<String, String> properties) throws Exception {
        Target tape = unclaimed();
        assumeTrue(tape.claim().isEmpty(), "the author's tapes are claimed already, so core cannot claim them");
        return holdings.hold(HostedDrive.start(under, tape, properties));
    }

    /** {@return what the strategy says of this test's tape} */
    Examination examination() throws Exception {
        Examination found = strategy().examine(target());
        assumeTrue(found.isSuitable(), () -> "the strategy cannot serve " + target + " here: " + found.notes());
        return found;
    }

    /** {@return whether the strategy declares this} */
    boolean can(Capability capability) throws Exception {
        if (capabilities == null) {
            capabilities = examination().capabilities();
        }
        return capabilities.contains(capability);
    }

    /** Skips the test unless the strategy declares this. */
    public void needs(Capability capability) throws Exception {
        assumeTrue(can(capability), () -> "strategy " + under.name() + " does not declare " + capability);
    }

    void end() throws Exception {
        holdings.closeAll();
    }
}
