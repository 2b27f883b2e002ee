package io.pinion.tck;

import static io.pinion.strategy.TapeResult.Outcome.DONE;
import static io.pinion.strategy.TapeResult.Outcome.END_OF_DATA;
import static io.pinion.strategy.TapeResult.Outcome.FILE_MARK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import org.junit.jupiter.api.Test;

/** In fixed mode a transfer moves whole blocks, and each of them is a record. */
interface TapeFixedContract extends TapeContract {
    /** The block size is told, counts in positions, and what is written so can be read in variable mode. */
    @Test
    default void blocksAreRecordsOfOneLength() throws Exception {
        fixed((channel, size) -> {
            assertEquals(size, channel.status().blockSize());
            write(channel, size, 4, 4);
            write(channel, size, 1, 5);
            TapeResult result = new TapeResult();
            channel.rewind(result);
            read(channel, size, 3, DONE, 3, 3);
            channel.spaceRecords(-2, result);
            assertEquals(1, result.blockAddress());
            read(channel, size, 4, DONE, 4, 5);
            read(channel, size, 1, END_OF_DATA, 0, 5);
            channel.setBlockSize(0);
            assertEquals(0, channel.status().blockSize());
            channel.rewind(result);
            Frame frame = Frame.of(BufferKind.PAGE, trial().traits().fit(3 * size));
            channel.read(frame.buffer(), result);
            assertEquals(size, result.count());
            assertEquals(1, result.blockAddress());
        });
    }

    /** A read ends in front of a mark with what there was, and the next one tells the mark; the same at the end of data. */
    @Test
    default void aReadOfBlocksEndsInFrontOfAMark() throws Exception {
        fixed((channel, size) -> {
            write(channel, size, 3, 3);
            channel.writeFileMarks(1, new TapeResult());
            write(channel, size, 2, 6);
            channel.rewind(new TapeResult());
            read(channel, size, 5, DONE, 3, 3);
            read(channel, size, 5, FILE_MARK, 0, 4);
            read(channel, size, 5, DONE, 2, 6);
            read(channel, size, 5, END_OF_DATA, 0, 6);
        });
    }

    /** A length that is no multiple of the block size is refused, and nothing moves. */
    @Test
    default void halfBlocksAreRefused() throws Exception {
        fixed((channel, size) -> {
            write(channel, size, 2, 2);
            channel.rewind(new TapeResult());
            for (int length : new int[] {size - 1, size + 1, size / 2, 2 * size + 1}) {
                Frame frame = Frame.of(BufferKind.PAGE, length);
                TapeResult result = new TapeResult();
                assertRefused(() -> channel.read(frame.buffer(), result));
                assertEquals(0, result.blockAddress());
                assertRefused(() -> channel.write(frame.buffer(), result));
                assertEquals(0, result.blockAddress());
                frame.assertMoved(0, "length=" + length);
            }
            read(channel, size, 2, DONE, 2, 2);
        });
    }

    /** A block size that the drive does not have is refused, and the one before stays. */
    @Test
    default void impossibleBlockSizesAreRefused() throws Exception {
        fixed((channel, size) -> {
            int largest = channel.geometry().maximumRecordSize();
            assumeTrue(largest > 0 && largest < Integer.MAX_VALUE, "the geometry tells no largest record");
            assertRefused(() -> channel.setBlockSize(largest + 1));
            assertEquals(size, channel.status().blockSize());
        });
    }

    /** The block size outlives a swap, as far as the strategy is the same. */
    @Test
    default void aSuccessorKeepsTheBlockSize() throws Exception {
        fixed((channel, size) -> {
            write(channel, size, 2, 2);
            TapeChannel successor = trial().openOnly(trial().target(), Access.READ_WRITE);
            trial().succeed(channel, successor);
            trial().close(channel);
            try {
                assertEquals(size, successor.status().blockSize());
                write(successor, size, 2, 4);
            } finally {
                successor.setBlockSize(0);
            }
        });
    }

    /** What is done in fixed mode. */
    @FunctionalInterface
    interface FixedTask {
        void run(TapeChannel channel, int blockSize) throws Exception;
    }

    private void fixed(FixedTask task) throws Exception {
        trial().needs(Capability.FIXED_BLOCKS);
        TapeChannel channel = trial().open();
        int size = trial().traits().fit(1024);
        channel.setBlockSize(size);
        try {
            task.run(channel, size);
        } finally {
            variable(channel);
        }
    }

    /** The drive of the next test is to be in variable mode; a channel that was succeeded has nothing to say to it. */
    private static void variable(TapeChannel channel) throws StorageException {
        try {
            channel.setBlockSize(0);
        } catch (StorageException e) {
            assertEquals(Kind.CLOSED, e.kind());
        }
    }

    private static void write(TapeChannel channel, int size, int blocks, long at) throws StorageException {
        Frame frame = Frame.of(BufferKind.PAGE, Content.bytes(0, blocks * size, 1));
        TapeResult result = new TapeResult();
        channel.write(frame.buffer(), result);
        String what = "write of " + blocks + " blocks of " + size;
        assertEquals(DONE, result.outcome(), what);
        assertEquals((long) blocks * size, result.count(), what);
        assertEquals(at, result.blockAddress(), what);
        frame.assertMoved(blocks * size, what);
    }

    private void read(TapeChannel channel, int size, int wanted, Outcome outcome, int blocks, long at)
            throws StorageException {
        Frame frame = Frame.of(BufferKind.PAGE, wanted * size);
        TapeResult result = new TapeResult();
        channel.read(frame.buffer(), result);
        String what = "read of " + wanted + " blocks of " + size;
        assertEquals(outcome, result.outcome(), what);
        assertEquals((long) blocks * size, result.count(), what);
        assertEquals(at, result.blockAddress(), what);
        frame.assertMoved(blocks * size, what);
    }

    private static void assertRefused(Crew.Task call) {
        StorageException e = assertThrows(StorageException.class, call::run);
        assertEquals(Kind.INVALID_ARGUMENT, e.kind());
    }
}
