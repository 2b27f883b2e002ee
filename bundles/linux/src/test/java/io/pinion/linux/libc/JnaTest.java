package io.pinion.linux.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class JnaTest {
    @RepeatedTest(5)
    void callsOnAnotherThread() {
        assertNotSame(Thread.currentThread(), Jna.onThreadOfTheJdk(Thread::currentThread));
    }

    @Test
    void failsAsTheLinkerDoes() {
        LinkageError failure = assertThrows(
                LinkageError.class,
                () -> Jna.onThreadOfTheJdk(() -> {
                    throw new UnsatisfiedLinkError("no library");
                }));
        assertEquals("no library", failure.getMessage());
    }
}
