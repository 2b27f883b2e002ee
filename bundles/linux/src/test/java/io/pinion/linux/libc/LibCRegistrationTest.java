package io.pinion.linux.libc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LibCRegistrationTest {
    @Test
    void hasNoCallsElsewhereAndDoesNotFail() {
        assertFalse(LibCRegistration.calls("Mac OS X", "aarch64").isPresent());
        assertFalse(LibCRegistration.calls("Linux", "riscv64").isPresent());
    }

    @Test
    void hasCallsOnLinux() {
        assertTrue(LibCRegistration.calls("Linux", "amd64").isPresent());
    }
}
