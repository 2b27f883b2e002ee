package io.pinion.tape.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.linux.Errno;
import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A channel to a drive that does what st does, and what its tests share. */
abstract class OnFakeDrive {
    static final int RECORD = 1000;

    final FakeDrive drive = new FakeDrive();
    final TapeResult result = new TapeResult();
    final TransferMeter meter = new TransferMeter();

    @TempDir
    Path sys;

    TapeStrategy strategy;
    TapeChannel channel;

    @BeforeEach
    final void open() throws StorageException {
        strategy = new TapeStrategy(drive.calls(), sys);
        channel = channel(Access.READ_WRITE);
        channel.begin(Handover.first());
    }

    final TapeChannel channel(Access access) throws StorageException {
        Target target = Target.of(Path.of("/dev/nst0")).claimedBy(new FakeClaim(access));
        return (TapeChannel) strategy.open(target, OpenOptions.of(access).withMeter(meter));
    }

    static ByteBuffer memory(int length) {
        return Memory.aligned(length);
    }

    final void write(int records) throws StorageException {
        for (int i = 0; i < records; i++) {
            result.clear();
            channel.write(memory(RECORD), result);
        }
    }

    final StorageException refused(Kind kind, Executable what) {
        result.clear();
        StorageException failure = assertThrows(StorageException.class, what);
        assertEquals(kind, failure.kind(), failure::getMessage);
        assertEquals("/dev/nst0", failure.target());
        assertEquals("tape", failure.strategy());
        return failure;
    }

    final void fail(Errno errno, int operation) {
        drive.failure = errno;
        drive.failing = operation;
    }
}
