package io.pinion.core.volume;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.util.Optional;

/** One strategy's time of serving one volume or drive: its channel, and what was found when it was examined. */
public final class Tenure {
    private static final String BLOCK_SIZE = "pinion.tape.block.size";
    private static final int IN_MODE = -1;

    private final String strategy;
    private final Object provider;
    private final Target target;
    private final IoChannel channel;
    private final PositionalChannel positional;
    private final TapeChannel tape;
    private final Examination examination;
    private final TransferMeter meter;
    private final DeviceWatch device;
    private final TransferFlags honoured;
    private final Flushes flushes;
    private volatile boolean begun;
    private volatile boolean inDoubt;
    /** The block size that is still to be set. */
    private volatile int mode = IN_MODE;

    private volatile boolean placeless;

    /**
     * @param strategy its name
     * @param provider what tells this registration of the strategy from another of the same name
     * @param target as claimed
     * @param device what watches it
     */
    public Tenure(
            String strategy,
            Object provider,
            Target target,
            IoChannel channel,
            Examination examination,
            TransferMeter meter,
            DeviceWatch device) {
        this.strategy = strategy;
        this.provider = provider;
        this.target = target;
        this.channel = channel;
        this.positional = channel instanceof PositionalChannel offsets ? offsets : null;
        this.tape = channel instanceof TapeChannel records ? records : null;
        this.examination = examination;
        this.meter = meter;
        this.device = device;
        this.honoured = honouredBy(examination);
        this.flushes = new Flushes(channel);
    }

    /** {@return what a successor takes over; of a tape where it stands, or that nobody knows} Nothing is in flight. */
    public Handover handover() {
        Handover handover = Handover.from(strategy);
        return tape == null ? handover : blockSize(handover.at(place()));
    }

    private Handover blockSize(Handover handover) {
        try {
            return inMode(handover, mode == IN_MODE ? tape.status().blockSize() : mode);
        } catch (StorageException | RuntimeException e) {
            // A drive that can't tell is not told, either.
            return handover;
        }
    }

    /** {@return the handover of a drive that is to be in this mode} */
    public static Handover inMode(Handover handover, int blockSize) {
        return handover.with(BLOCK_SIZE, Integer.toString(blockSize));
    }

    /**
     * {@return what stays of a handover when the tape may stand anywhere, or be another drive's: the mode, in which callers go
     * on}
     */
    public static Handover withoutPlace(Handover left) {
        Handover unknown = Handover.first().at(TapePosition.unknown());
        return left.value(BLOCK_SIZE)
                .map(size -> unknown.with(BLOCK_SIZE, size))
                .orElse(unknown);
    }

    /**
     * A drive is in the mode in which its callers left it, whoever serves, or that was configured: else what is read next
     * would be other records. Without a tape, or a place, it may take none: then it is set before the tape is used.
     */
    private void setMode() throws StorageException {
        if (mode == IN_MODE) {
            return;
        }
        try {
            TapeStatus status = tape.status();
            if (!status.is(TapeStatus.Condition.READY)) {
                return;
            }
            if (status.blockSize() != mode) {
                tape.setBlockSize(mode);
            }
            mode = IN_MODE;
        } catch (StorageException e) {
            if (e.kind() != Kind.NOT_READY && e.kind() != Kind.POSITION_UNKNOWN) {
                throw e;
            }
        }
    }

    /** A caller has chosen the mode. */
    void modeIsChosen() {
        mode = IN_MODE;
    }

    /** A doubt is handed over, too: that the drive tells a place does not end it. */
    private TapePosition place() {
        return isInDoubt() ? TapePosition.unknown() : told();
    }

    /** {@return where its driver says that the tape stands, whatever core thinks of it} */
    TapePosition told() {
        try {
            TapePosition told = tape.position();
            return told == null ? TapePosition.unknown() : told;
        } catch (StorageException | RuntimeException e) {
            return TapePosition.unknown();
        }
    }

    /**
     * Has the channel take over. Where a tape stands is compared with where the predecessor left it; when that was not known,
     * nothing is read or written before the caller has repositioned the tape, whatever the drive says of it.
     *
     * @throws StorageException as the channel; {@code POSITION_UNKNOWN} when the tape stands elsewhere
     */
    public void begin(Handover handover) throws StorageException {
        channel.begin(handover);
        begun = true;
        if (tape == null) {
            return;
        }
        mode = handover.value(BLOCK_SIZE).map(Integer::valueOf).orElse(IN_MODE);
        setMode();
        Optional<TapePosition> left = handover.position();
        if (left.isEmpty()) {
            return;
        }
        inDoubt = left.get().source() == TapePosition.Source.UNKNOWN;
        TapePosition now = told();
        boolean moved = now.source() != TapePosition.Source.UNKNOWN && !now.isSamePlace(left.get());
        if (!inDoubt && moved) {
            throw StorageException.of(
                            Kind.POSITION_UNKNOWN,
                            "begin",
                            "the tape stands at " + now + ", and was left at " + left.get())
                    .target(target)
                    .strategy(strategy)
                    .build();
        }
    }

    /** {@return whether its channel has taken over} Any thread. */
    public boolean hasBegun() {
        return begun;
    }

    /** Says in a result that does not, because the operation failed, where the tape stands. */
    void tellPlace(TapeResult result) {
        if (!inDoubt && result.source() == TapePosition.Source.UNKNOWN) {
            TapePosition now = place();
            result.setPosition(now.source(), now.partition(), now.blockAddress());
        }
    }

    /** Refuses what depends on where the tape stands while nobody knows that, and in what mode while it is not in that. */
    void refuseInDoubt(String operation) throws StorageException {
        if (isInDoubt()) {
            String since = inDoubt ? "strategy " + strategy + " took over" : "a flush failed";
            throw StorageException.of(
                            Kind.POSITION_UNKNOWN,
                            operation,
                            "where the tape stands is not known since " + since
                                    + "; rewind, locate or space to the end of data first")
                    .target(target)
                    .strategy(strategy)
                    .build();
        }
        setMode();
        if (mode != IN_MODE) {
            throw StorageException.of(
                            Kind.NOT_READY,
                            operation,
                            "there is no tape in the drive, or it is not ready: insert one, then load; blockSize="
                                    + mode + " is set then")
                    .target(target)
                    .strategy(strategy)
                    .build();
        }
    }

    /** {@return whether nobody knows where the tape stands, whatever its driver says} */
    boolean isInDoubt() {
        return inDoubt || flushes.failure() != null;
    }

    /** {@return whether its last result had no place, and it could tell none either} For whoever is inside the drive. */
    boolean isPlaceless() {
        return placeless;
    }

    /** See {@link #isPlaceless}. */
    void setPlaceless(boolean so) {
        placeless = so;
    }

    /**
     * The tape has been repositioned: what was in doubt, or has failed, is over.
     *
     * @throws StorageException when the drive does not take the mode that it is to be in
     */
    void repositioned() throws StorageException {
        inDoubt = false;
        flushes.forget();
        setMode();
    }

    /** {@return the flags that a channel with these capabilities takes} */
    private static TransferFlags honouredBy(Examination examination) {
        TransferFlags flags = TransferFlags.NONE;
        flags = when(examination, Capability.DURABLE_WRITES, flags, TransferFlags.DURABLE);
        flags = when(examination, Capability.ATOMIC_WRITES, flags, TransferFlags.ATOMIC);
        return when(examination, Capability.UNCACHED_TRANSFERS, flags, TransferFlags.UNCACHED);
    }

    private static TransferFlags when(Examination e, Capability c, TransferFlags flags, TransferFlags flag) {
        return e.capabilities().contains(c) ? flags.with(flag) : flags;
    }

    /** {@return what of these wishes neither a channel with these capabilities nor core can fulfil} */
    public static TransferFlags unmet(TransferFlags wishes, Examination examination) {
        return wishes.without(honouredBy(examination)).without(TransferFlags.DURABLE);
    }

    /** {@return the strategy's name} */
    public String strategy() {
        return strategy;
    }

    /** {@return which registration of the strategy it is} */
    public Object provider() {
        return provider;
    }

    /** {@return the target, as claimed} */
    public Target target() {
        return target;
    }

    /** {@return the channel} */
    public IoChannel channel() {
        return channel;
    }

    /** {@return the channel of a volume; null for a drive} */
    PositionalChannel positional() {
        return positional;
    }

    /** {@return the channel of a drive; null for a volume} */
    TapeChannel tape() {
        return tape;
    }

    /** {@return what watches the device beneath the channel} */
    DeviceWatch device() {
        return device;
    }

    /** {@return the flushes of the channel} */
    Flushes flushes() {
        return flushes;
    }

    /** {@return what the strategy found before it opened} */
    public Examination examination() {
        return examination;
    }

    /** {@return what the channel reports to} */
    public TransferMeter meter() {
        return meter;
    }

    /**
     * {@return the wishes to hand to the driver: those it honours; DURABLE is left out where core must emulate it}
     *
     * @throws StorageException {@code UNSUPPORTED} for a wish that neither of them can fulfil
     */
    TransferFlags toDriver(String operation, TransferFlags wishes, long position, long length) throws StorageException {
        if (operation.equals("read") && !TransferFlags.UNCACHED.contains(wishes)) {
            throw Arguments.invalid(
                    operation, "flags " + wishes + " are for writes; a read takes uncached", -1, length);
        }
        TransferFlags refused = wishes.without(honoured).without(TransferFlags.DURABLE);
        if (!refused.isEmpty()) {
            throw unsupported(operation, "flags " + refused + " are not supported by strategy " + strategy);
        }
        Geometry geometry = examination.geometry();
        if (wishes.contains(TransferFlags.ATOMIC) && !geometry.allowsAtomicWrite(position, length)) {
            throw unsupported(
                    operation,
                    "offset=" + position + ", length=" + length + " is no atomic write: that is a power of two from "
                            + geometry.atomicWriteMinimum() + " to " + geometry.atomicWriteMaximum()
                            + " bytes, at a multiple of its length");
        }
        return wishes.contains(TransferFlags.DURABLE) && !honoured.contains(TransferFlags.DURABLE)
                ? wishes.without(TransferFlags.DURABLE)
                : wishes;
    }

    /** Refuses the operation when the strategy has not declared the capability for it. */
    void require(String operation, Capability capability) throws StorageException {
        if (!examination.capabilities().contains(capability)) {
            throw unsupported(operation, "strategy " + strategy + " lacks " + capability + " on this target");
        }
    }

    private StorageException unsupported(String operation, String detail) {
        return StorageException.of(Kind.UNSUPPORTED, operation, detail)
                .target(target)
                .strategy(strategy)
                .build();
    }
}
