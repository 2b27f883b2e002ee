package io.pinion.tck;

/** The calls of a driver, and of a claim, that a {@link Fault} can strike. More will come. */
public enum Call {
    /** {@link io.pinion.strategy.IoStrategy#examine}. */
    EXAMINE,
    /** {@link io.pinion.strategy.IoStrategy#open}. */
    OPEN,
    /** {@link io.pinion.strategy.IoChannel#begin}. */
    BEGIN,
    /** {@link io.pinion.strategy.IoChannel#end}. */
    END,
    /** {@link io.pinion.strategy.PositionalChannel#read}, also what a queue does. */
    READ,
    /** {@link io.pinion.strategy.PositionalChannel#write}, also what a queue does. */
    WRITE,
    /** {@link io.pinion.strategy.IoChannel#flush}, also what a queue does. */
    FLUSH,
    /** {@link io.pinion.strategy.PositionalChannel#size}. */
    SIZE,
    /** {@link io.pinion.strategy.PositionalChannel#setSize}. */
    SET_SIZE,
    /** {@link io.pinion.strategy.IoChannel#close}. */
    CLOSE,
    /** {@link io.pinion.strategy.PositionalChannel#openQueue}. */
    OPEN_QUEUE,
    /** {@link io.pinion.strategy.ChannelQueue#submit}: a failure breaks the queue. */
    SUBMIT,
    /** A completion on its way out of {@link io.pinion.strategy.ChannelQueue#poll}; one that hangs is held back. */
    COMPLETE,
    /** {@link io.pinion.strategy.TargetGuard#inspect}. */
    INSPECT,
    /** {@link io.pinion.strategy.TargetGuard#claim}. */
    CLAIM,
    /** {@link io.pinion.strategy.Claim#flush}. */
    CLAIM_FLUSH,
    /** {@link io.pinion.strategy.Claim#dropCache}. */
    DROP_CACHE
}
