package io.pinion.tck;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Assertions;

/**
 * A stretch within a larger buffer, that is to be transferred, with margins that are not. It tells whether a driver left
 * alone what is not its own: the margins, the limit, the order and the mark.
 */
final class Frame {
    private static final int MARGIN = BufferKind.PAGE_SIZE;
    private static final byte UNTOUCHED = 0x5A;

    private final ByteBuffer buffer;
    private final int length;

    private Frame(ByteBuffer buffer, int length) {
        this.buffer = buffer;
        this.length = length;
    }

    /** {@return a frame whose stretch begins at an address of this sort} */
    static Frame of(BufferKind kind, int length) {
        ByteBuffer buffer = kind.allocate(MARGIN + length + MARGIN);
        while (buffer.hasRemaining()) {
            buffer.put(UNTOUCHED);
        }
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        buffer.limit(MARGIN + length).position(MARGIN / 2).mark().position(MARGIN);
        return new Frame(buffer, length);
    }

    /** {@return a frame with this in its stretch} */
    static Frame of(BufferKind kind, byte[] content) {
        Frame frame = of(kind, content.length);
        frame.buffer.duplicate().put(content);
        return frame;
    }

    /** {@return the buffer, with the stretch between position and limit} */
    ByteBuffer buffer() {
        return buffer;
    }

    /** {@return what the stretch holds} */
    byte[] content() {
        return content(length);
    }

    /** {@return what the stretch begins with} */
    byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        buffer.duplicate().clear().position(MARGIN).get(content);
        return content;
    }

    /** Checks the buffer after so many bytes were transferred. */
    void assertMoved(int transferred, String what) {
        int done = Math.max(0, transferred);
        Assertions.assertEquals(MARGIN + done, buffer.position(), what + ": position");
        Assertions.assertEquals(MARGIN + length, buffer.limit(), what + ": limit");
        Assertions.assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order(), what + ": order");
        Assertions.assertEquals(MARGIN / 2, buffer.duplicate().reset().position(), what + ": mark");
        for (int i = 0; i < MARGIN; i++) {
            if (buffer.duplicate().clear().get(i) != UNTOUCHED
                    || buffer.duplicate().clear().get(MARGIN + length + i) != UNTOUCHED) {
                Assertions.fail(what + ": wrote outside position and limit of the buffer");
            }
        }
    }
}
