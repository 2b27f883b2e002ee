package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A failure tells what, where, how much of it was done, on what and by whom. */
interface ErrorContract extends Contract {
    /** A write that fails midway. */
    @Test
    default void aFailedWriteTellsEverything() throws Exception {
        FaultyStrategy faulty = FaultyStrategy.around(trial().strategy());
        Target target = trial().unclaimed(20_000);
        Volume volume = trial().volume(target, faulty).volume();
        faulty.inject(Call.WRITE, Fault.failsAfterBytes(1300, Kind.NO_SPACE).times(1));
        Frame frame = Frame.of(BufferKind.PAGE, Content.bytes(6000, 5000, 1));
        StorageException e = assertThrows(StorageException.class, () -> volume.write(frame.buffer(), 6000));
        assertEquals(Kind.NO_SPACE, e.kind());
        assertEquals("write", e.operation());
        assertPlace(e, 6000, 5000, 1300, target);
        frame.assertMoved(1300, "a write that failed after 1300 bytes");
        ByteBuffer back = ByteBuffer.allocate(1300);
        assertEquals(1300, volume.read(back, 6000));
        Content.assertSame(Content.bytes(6000, 1300, 1), back.array(), "what was written");
    }

    /** A read that fails midway. */
    @Test
    default void aFailedReadTellsEverything() throws Exception {
        FaultyStrategy faulty = FaultyStrategy.around(trial().strategy());
        Target target = trial().unclaimed(20_000);
        Volume volume = trial().volume(target, faulty).volume();
        volume.write(Content.buffer(0, 20_000, 1), 0);
        faulty.inject(
                Call.READ, Fault.failsAfterBytes(4097, Kind.IO_ERROR).errno(5).times(1));
        Frame frame = Frame.of(BufferKind.HEAP, 9000);
        StorageException e = assertThrows(StorageException.class, () -> volume.read(frame.buffer(), 512));
        assertEquals(Kind.IO_ERROR, e.kind());
        assertEquals("read", e.operation());
        assertEquals(5, e.errno().orElse(0));
        assertPlace(e, 512, 9000, 4097, target);
        frame.assertMoved(4097, "a read that failed after 4097 bytes");
        Content.assertSame(Content.bytes(512, 4097, 1), frame.content(4097), "what was read");
    }

    private void assertPlace(StorageException e, long offset, long length, long transferred, Target target) {
        assertEquals(offset, e.offset());
        assertEquals(length, e.length());
        assertEquals(transferred, e.transferred());
        assertEquals(target.toString(), e.target());
        assertEquals(trial().under().name(), e.strategy());
    }

    /** A volume that may only be read is not written, and says why. */
    @Test
    default void aReadOnlyVolumeRefusesWrites() throws Exception {
        Map<String, String> readOnly = Map.of("access", "read-only");
        Volume volume = trial().volume(trial().unclaimed(10_000), trial().strategy(), readOnly)
                .volume();
        ByteBuffer buffer = ByteBuffer.allocateDirect(10);
        StorageException e = assertThrows(StorageException.class, () -> volume.write(buffer, 0));
        assertEquals(Kind.READ_ONLY, e.kind());
        assertEquals(0, buffer.position());
        assertFalse(e.getMessage().isBlank());
        assertEquals(10, volume.read(buffer, 0));
    }
}
