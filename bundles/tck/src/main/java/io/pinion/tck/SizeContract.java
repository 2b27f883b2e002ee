package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The length changes as it is told to. */
interface SizeContract extends Contract {
    /** What is cut off is gone, also when the target grows again. */
    @Test
    default void whatWasCutOffDoesNotComeBack() throws Exception {
        trial().needs(Capability.SET_SIZE);
        for (int size : List.of(0, 1, 511, 512, 4095, 4096, 4097, 9000)) {
            PositionalChannel channel = trial().open(0);
            Image image = new Image(0);
            image.write(0, Content.bytes(0, 20_000, 1));
            channel.write(Content.buffer(0, 20_000, 1), 0, NONE);
            channel.setSize(size);
            image.setSize(size);
            assertEquals(size, channel.size());
            assertEquals(-1, channel.read(ByteBuffer.allocateDirect(4096), size, NONE));
            channel.setSize(16_385);
            image.setSize(16_385);
            assertEquals(16_385, channel.size());
            Content.assertSame(image.all(), Trial.contentOf(channel), "cut to " + size + " and extended");
        }
    }

    /** A write behind the end, after a cut, does not show what was cut off. */
    @Test
    default void aWriteBehindACutDoesNotShowWhatWasCutOff() throws Exception {
        trial().needs(Capability.SET_SIZE);
        for (int size : List.of(1, 512, 4095, 6000)) {
            PositionalChannel channel = trial().open(0);
            Image image = new Image(0);
            channel.write(Content.buffer(0, 20_000, 1), 0, NONE);
            image.write(0, Content.bytes(0, 20_000, 1));
            channel.setSize(size);
            image.setSize(size);
            channel.write(Content.buffer(15_000, 100, 2), 15_000, NONE);
            image.write(15_000, Content.bytes(15_000, 100, 2));
            Content.assertSame(image.all(), Trial.contentOf(channel), "cut to " + size + " and written behind");
        }
    }

    /** Setting the length that is there changes nothing. */
    @Test
    default void theSameSizeChangesNothing() throws Exception {
        trial().needs(Capability.SET_SIZE);
        PositionalChannel channel = trial().open(5001);
        channel.write(Content.buffer(0, 5001, 1), 0, NONE);
        channel.setSize(5001);
        Content.assertSame(Content.bytes(0, 5001, 1), Trial.contentOf(channel), "set to its own size");
    }

    /** A volume whose target has a fixed length says so. */
    @Test
    default void aFixedSizeIsToldAsUnsupported() throws Exception {
        assumeFalse(trial().can(Capability.SET_SIZE), "the strategy declares SET_SIZE");
        Volume volume = trial().volume(10_000).volume();
        StorageException e = assertThrows(StorageException.class, () -> volume.setSize(5000));
        assertEquals(Kind.UNSUPPORTED, e.kind());
    }

    /** A file that somebody else cuts short reads short, or fails with a type; it brings no bytes that are not there. */
    @Test
    default void aFileThatSomebodyElseCutReadsShort() throws Exception {
        Target target = trial().target(20_000);
        assumeTrue(target.scheme().equals(Target.PATH), "nobody but the strategy can cut its targets");
        trial().needs(Capability.SET_SIZE);
        PositionalChannel channel = trial().open(target);
        channel.write(Content.buffer(0, 20_000, 1), 0, NONE);
        channel.flush();
        try (FileChannel other = FileChannel.open(target.path(), StandardOpenOption.WRITE)) {
            other.truncate(6001);
        }
        Frame frame = Frame.of(BufferKind.PAGE, 16_384);
        int read;
        try {
            read = channel.read(frame.buffer(), 0, NONE);
        } catch (StorageException e) {
            assertEquals(Kind.TARGET_CHANGED, e.kind(), e.toString());
            read = Math.toIntExact(e.transferred());
        }
        assertTrue(read <= 6001, "read " + read + " of 6001");
        Content.assertSame(Content.bytes(0, read, 1), frame.content(read), "after the cut");
    }
}
