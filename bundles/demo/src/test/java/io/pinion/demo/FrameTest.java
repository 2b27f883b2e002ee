package io.pinion.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameTest {
    private static final int LENGTH = 12345;

    @ParameterizedTest
    @EnumSource
    void a_payload_survives(Placement placement) {
        Frame frame = new Frame(placement);
        assertThat(transfer(sealed(frame, 3), frame)).isEmpty();
        ByteBuffer payload = frame.payload(LENGTH);
        for (int at = 0; at < LENGTH; at++) {
            assertThat(payload.get(at)).isEqualTo((byte) (at * 31));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_older_version_is_stale(Placement placement) {
        Frame frame = new Frame(placement);
        assertThat(transfer(sealed(frame, 2), frame)).contains("version=2", "acknowledged was version=3", "stale");
    }

    @ParameterizedTest
    @EnumSource
    void a_mixture_of_versions_is_torn(Placement placement) {
        Frame frame = new Frame(placement);
        byte[] older = sealed(frame, 2);
        byte[] newer = sealed(frame, 3);
        int at = placement.payloadOffset() + 1024;
        System.arraycopy(older, at, newer, at, 512);
        assertThat(transfer(newer, frame)).contains("torn or damaged");
    }

    @ParameterizedTest
    @EnumSource
    void zeroes_are_no_frame(Placement placement) {
        Frame frame = new Frame(placement);
        assertThat(transfer(new byte[placement.span(LENGTH)], frame)).contains("magic=0");
    }

    private static byte[] sealed(Frame frame, long version) {
        ByteBuffer payload = frame.payload(LENGTH);
        for (int at = 0; at < LENGTH; at++) {
            payload.put((byte) (at * 31));
        }
        ByteBuffer ready = frame.seal(1, 7, version, LENGTH);
        byte[] stored = new byte[ready.remaining()];
        ready.get(stored);
        return stored;
    }

    private static String transfer(byte[] stored, Frame frame) {
        frame.ready(LENGTH).put(stored);
        return frame.check(1, 7, 3, LENGTH);
    }
}
