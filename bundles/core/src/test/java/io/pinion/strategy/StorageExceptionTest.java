package io.pinion.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class StorageExceptionTest {
    @Test
    void theJdksFailuresAreOfAKind() {
        assertKind(Kind.NO_SPACE, new IOException("No space left on device"));
        assertKind(Kind.NO_SPACE, new FileSystemException("/f", null, "Disk quota exceeded"));
        assertKind(Kind.NOT_FOUND, new NoSuchFileException("/f"));
        assertKind(Kind.NOT_FOUND, new FileNotFoundException("/f (No such file or directory)"));
        assertKind(Kind.ACCESS_DENIED, new AccessDeniedException("/f"));
        assertKind(Kind.CLOSED, new ClosedByInterruptException());
        assertKind(Kind.IO_ERROR, new IOException("Input/output error"));
        assertKind(Kind.IO_ERROR, new IOException((String) null));
    }

    private static void assertKind(Kind expected, IOException thrown) {
        StorageException e = StorageException.of("read", thrown).build();
        assertEquals(expected, e.kind(), thrown.toString());
        assertSame(thrown, e.getCause());
    }

    @Test
    void whatIsKnownIsTakenOverAndItsPlaceIsNot() {
        StorageException inner = StorageException.of(Kind.MEDIUM_ERROR, "decrypt", "block=7 is damaged")
                .range(1, 2)
                .errno(5)
                .senseData(new byte[] {0x70, 0, 3})
                .deferred()
                .position(TapePosition.at(TapePosition.Source.DRIVE, 0, 9))
                .build();
        StorageException e = StorageException.of("read", inner).range(10, 20).build();
        assertEquals(Kind.MEDIUM_ERROR, e.kind());
        assertEquals("block=7 is damaged", e.detail());
        assertEquals(5, e.errno().orElse(0));
        assertArrayEquals(new byte[] {0x70, 0, 3}, e.senseData().orElseThrow());
        assertTrue(e.isDeferred());
        assertEquals(9, e.position().orElseThrow().blockAddress());
        assertEquals("read: block=7 is damaged (offset=10, length=20, transferred=0)", e.getMessage());
    }

    @Test
    void thatABufferIsKeptGoesWithTheFailureAndNotWithWhatItCauses() {
        StorageException failure = StorageException.of(Kind.IO_ERROR, "submit", "the ring is broken")
                .build();
        assertFalse(failure.isBufferKept());
        StorageException kept = failure.keepingBuffer();
        assertTrue(kept.isBufferKept());
        assertEquals(Kind.IO_ERROR, kept.kind());
        assertTrue(kept.getMessage().contains("take another"), kept.getMessage());
        assertEquals(kept.detail(), kept.keepingBuffer().detail());
        assertTrue(kept.in(Target.parse("fake:x"), "fake").isBufferKept());
        assertTrue(kept.afterTransferring(1).isBufferKept());
        assertFalse(StorageException.of("read", kept).build().isBufferKept());
    }
}
