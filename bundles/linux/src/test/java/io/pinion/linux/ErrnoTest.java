package io.pinion.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "ENOENT, 2, NOT_FOUND",
        "EACCES, 13, ACCESS_DENIED",
        "EPERM, 1, ACCESS_DENIED",
        "EROFS, 30, READ_ONLY",
        "EBUSY, 16, IN_USE",
        "ENOSPC, 28, NO_SPACE",
        "EDQUOT, 122, NO_SPACE",
        "EFBIG, 27, NO_SPACE",
        "EIO, 5, IO_ERROR",
        "ENODATA, 61, MEDIUM_ERROR",
        "EREMOTEIO, 121, IO_ERROR",
        "EILSEQ, 84, PROTECTION_ERROR",
        "ENXIO, 6, REMOVED",
        "ENODEV, 19, REMOVED",
        "EINVAL, 22, INVALID_ARGUMENT",
        "ENOMEM, 12, NO_RESOURCES",
        "EMFILE, 24, NO_RESOURCES",
        "ENFILE, 23, NO_RESOURCES",
        "EAGAIN, 11, NO_RESOURCES",
        "EOPNOTSUPP, 95, UNSUPPORTED",
        "ENOSYS, 38, UNSUPPORTED",
        "ENOTTY, 25, UNSUPPORTED",
        "EISDIR, 21, WRONG_TYPE",
        "ETIMEDOUT, 110, TIMEOUT"
    })
    void mapsTheNumberToAKind(Errno errno, int number, Kind kind) {
        assertEquals(number, errno.number());
        assertEquals(kind, errno.kind());
        assertTrue(errno.is(-number));
        assertFalse(errno.is(number));
        assertEquals(Optional.of(errno), Errno.of(-number));
        assertEquals(kind, Errno.failure("write", -number).build().kind());
    }

    @Test
    void namesValuesAndRemedy() {
        StorageException failure = Errno.failure("write", Errno.EFBIG.result())
                .target("/data/a")
                .strategy("direct")
                .range(4096, 512)
                .build();
        assertEquals(
                "write: EFBIG (file too large); the file system or RLIMIT_FSIZE (ulimit -f) allows less"
                        + " (offset=4096, length=512, transferred=0, target=/data/a, strategy=direct)",
                failure.getMessage());
        assertEquals(OptionalInt.of(27), failure.errno());
    }

    @Test
    void takesTheNumberWithEitherSign() {
        StorageException failure = Errno.failure("read", 28).build();
        assertEquals("read: ENOSPC (no space left on device)", failure.getMessage());
        assertEquals(OptionalInt.of(28), failure.errno());
    }

    @Test
    void isAnIoErrorWhenUnknown() {
        StorageException failure = Errno.failure("read", -524).build();
        assertEquals(Kind.IO_ERROR, failure.kind());
        assertEquals("read: errno 524", failure.getMessage());
        assertEquals(Optional.empty(), Errno.of(-3));
    }
}
