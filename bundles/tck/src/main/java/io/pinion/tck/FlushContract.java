package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A flush leaves nothing in user space; what a driver does not declare is emulated or refused. */
interface FlushContract extends Contract {
    /** After a flush the bytes are where everybody who opens the target finds them. */
    @Test
    default void aFlushLeavesNothingInUserSpace() throws Exception {
        Target target = trial().target(10_001);
        PositionalChannel channel = trial().open(target);
        int size = Math.toIntExact(channel.size());
        for (int round = 1; round <= 3; round++) {
            channel.write(Content.buffer(0, size, round), 0, NONE);
            channel.flush();
            byte[] expected = Content.bytes(0, size, round);
            if (target.scheme().equals(Target.PATH) && Files.isRegularFile(target.path())) {
                Content.assertSame(expected, Files.readAllBytes(target.path()), "the file after the flush");
            } else {
                PositionalChannel other = trial().openOnly(target, Access.READ_ONLY);
                other.begin(Handover.first());
                Content.assertSame(expected, Trial.contentOf(other), "another channel after the flush");
                trial().close(other);
            }
        }
    }

    /** Flushes run beside transfers, and need nothing to be flushed. */
    @Test
    default void flushesRunBesideTransfers() throws Exception {
        PositionalChannel channel = trial().open(40_000);
        channel.flush();
        Crew crew = new Crew();
        for (int i = 0; i < 2; i++) {
            long offset = 20_000L * i;
            crew.start("writer-" + i, () -> {
                for (int round = 0; round < 20; round++) {
                    channel.write(Content.buffer(offset, 20_000, round), offset, NONE);
                }
            });
        }
        crew.start("flusher", () -> {
            for (int round = 0; round < 10; round++) {
                channel.flush();
            }
        });
        crew.join();
        channel.flush();
    }

    /** A channel that only reads reads, and can be flushed. */
    @Test
    default void aReadOnlyChannelReads() throws Exception {
        Target target = trial().unclaimed(5001);
        Target claimed = trial().claimed(target, Access.READ_ONLY);
        PositionalChannel channel = trial().openOnly(claimed, Access.READ_ONLY);
        channel.begin(Handover.first());
        ByteBuffer all = ByteBuffer.allocate(5001);
        assertEquals(5001, channel.read(all, 0, NONE));
        channel.flush();
    }

    /** A durable write works on every strategy. */
    @Test
    default void durableWritesAreDone() throws Exception {
        Volume volume = trial().volume(10_000).volume();
        volume.write(Content.buffer(77, 5000, 1), 77, TransferFlags.DURABLE);
        ByteBuffer back = ByteBuffer.allocate(5000);
        assertEquals(5000, volume.read(back, 77));
        Content.assertSame(Content.bytes(77, 5000, 1), back.array(), "a durable write");
    }

    /** Wishes that are declared are granted, and others refused, never ignored. */
    @Test
    default void wishesAreGrantedOrRefused() throws Exception {
        Volume volume = trial().volume(1 << 20).volume();
        Geometry geometry = volume.geometry();
        int unit = Math.max(geometry.offsetAlignment(), 512);
        assertWish(volume, page(unit), TransferFlags.UNCACHED, Capability.UNCACHED_TRANSFERS);
        boolean atomic = trial().can(Capability.ATOMIC_WRITES);
        assertWish(
                volume,
                page(atomic ? geometry.atomicWriteMinimum() : unit),
                TransferFlags.ATOMIC,
                Capability.ATOMIC_WRITES);
        assertWish(
                volume,
                page(atomic ? geometry.atomicWriteMaximum() : unit),
                TransferFlags.ATOMIC,
                Capability.ATOMIC_WRITES);
    }

    private static ByteBuffer page(int length) {
        return Frame.of(BufferKind.PAGE, Content.bytes(0, length, 1)).buffer();
    }

    private void assertWish(Volume volume, ByteBuffer buffer, TransferFlags wish, Capability needed) throws Exception {
        if (trial().can(needed)) {
            assertEquals(buffer.remaining(), volume.write(buffer.duplicate(), 0, wish), wish.toString());
        } else {
            ByteBuffer source = buffer.duplicate();
            StorageException e = assertThrows(StorageException.class, () -> volume.write(source, 0, wish));
            assertEquals(Kind.UNSUPPORTED, e.kind(), wish.toString());
            assertEquals(buffer.position(), source.position(), wish.toString());
        }
    }
}
