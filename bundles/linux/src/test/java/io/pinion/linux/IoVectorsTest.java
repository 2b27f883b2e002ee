package io.pinion.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transfers of several buffers, what is postponed and what ends them, and where the buffers stand then. */
class IoVectorsTest {
    @TempDir
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final SystemCalls calls = script.calls();
    private final IoVectorPool pool = new IoVectorPool(calls, 3);
    private final IoVectors vectors = pool.take();
    private int file;

    @BeforeEach
    void open() {
        file = calls.open(SystemCalls.path(directory.resolve("file")), Linux.O_RDWR | Linux.O_CREAT, 0600);
    }

    @AfterEach
    void close() {
        calls.close(file);
    }

    @Test
    void whatIsWrittenComesBackAndTheBuffersStandWhereItEnded() {
        ByteBuffer first = ByteBuffer.allocateDirect(10).put(3, (byte) 7).position(2);
        ByteBuffer second = ByteBuffer.allocateDirect(20).put(19, (byte) 8);
        vectors.add(first);
        vectors.add(second);
        vectors.add(first);
        assertEquals(3, vectors.count());
        assertEquals(28, vectors.total());
        assertEquals(28, vectors.write(file, 5, 0));
        vectors.settle(28);
        assertEquals(10, first.position());
        assertEquals(20, second.position());
        assertEquals(0, vectors.count());

        ByteBuffer back = ByteBuffer.allocateDirect(100);
        vectors.add(back);
        long read = vectors.read(file, 5, 0);
        assertEquals(28, read);
        vectors.settle(read);
        assertEquals(28, back.position());
        assertEquals(7, back.get(1));
        assertEquals(8, back.get(27));
        assertEquals(0, vectors.read(file, 1000, 0));
    }

    @Test
    void aTransferThatEndsInTheMiddleLeavesTheRest() {
        ByteBuffer first = ByteBuffer.allocateDirect(10);
        ByteBuffer second = ByteBuffer.allocateDirect(10);
        vectors.add(first);
        vectors.add(second);
        vectors.add(second);
        vectors.settle(13);
        assertEquals(10, first.position());
        assertEquals(3, second.position(), "it comes twice");
    }

    @Test
    void whatIsPostponedIsMadeAgainAndTryAgainHasAnEnd() {
        vectors.add(ByteBuffer.allocateDirect(10));
        script.fail("pwritev2", 500, a -> true, Errno.EINTR).fail("pwritev2", 3, a -> true, Errno.EAGAIN);
        assertEquals(10, vectors.write(file, 0, 0));
        script.fail("preadv2", Errno.EAGAIN);
        assertEquals(Errno.EAGAIN.result(), vectors.read(file, 0, 0));
        assertEquals(
                SystemCalls.MOST_TRIES + 1,
                script.made().stream().filter("preadv2"::equals).count());
    }

    @Test
    void aWriteOfNothingIsAnError() {
        vectors.add(ByteBuffer.allocateDirect(10));
        script.answer("pwritev2", 1, a -> true, a -> 0);
        assertEquals(Errno.EIO.result(), vectors.write(file, 0, 0));
    }

    @Test
    void whatWasGivenBackIsTakenAgain() {
        pool.give(vectors);
        assertSame(vectors, pool.take());
        assertNotSame(vectors, pool.take());
    }
}
