package io.pinion.linux.direct;

import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Cause;
import java.nio.ByteBuffer;

/** Why transfers in one direction are copied, or done in another way, in the words of the operator. */
final class Causes {
    private final Alignment alignment;
    private final int unit;
    private final Cause heap;
    private final Cause address;
    private final Cause offset;
    private final Cause length;
    private final Cause refused;

    /** @param unit what offset and length of this direction's transfers must be multiples of */
    Causes(TransferMeter meter, Alignment alignment, int unit) {
        this.alignment = alignment;
        this.unit = unit;
        heap = meter.cause("heap buffer");
        address = meter.cause("buffer address is not a multiple of " + alignment.memory());
        offset = meter.cause("offset is not a multiple of " + unit);
        length = meter.cause("length is not a multiple of " + unit);
        refused = meter.cause("the kernel refused an aligned transfer, or cut one within a block: "
                + TransferMeter.THROUGH_THE_CACHE);
    }

    /** {@return the first reason why what remains in the buffer can't go to the position as it is} */
    Cause of(ByteBuffer buffer, long position) {
        if (!buffer.isDirect()) {
            return heap;
        }
        if ((position & unit - 1) != 0) {
            return offset;
        }
        return alignment.suits(buffer, buffer.position()) ? length : address;
    }

    /** {@return the cause of what met every condition, and was not done all the same} */
    Cause refused() {
        return refused;
    }
}
