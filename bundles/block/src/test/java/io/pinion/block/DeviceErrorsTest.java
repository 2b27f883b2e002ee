package io.pinion.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "ENODEV, REMOVED",
        "ENXIO, REMOVED",
        "EIO, MEDIUM_ERROR",
        "ENODATA, MEDIUM_ERROR",
        "EROFS, READ_ONLY",
        "EPERM, READ_ONLY",
        "ETIMEDOUT, TIMEOUT",
        "ENOSPC, NO_SPACE",
        "EILSEQ, PROTECTION_ERROR",
        "EBADE, IN_USE",
        "EBUSY, NO_RESOURCES",
        "EREMOTEIO, IO_ERROR",
        "ENOLINK, IO_ERROR",
        "ETOOMANYREFS, NO_RESOURCES"
    })
    void areToldApart(Errno errno, Kind kind) {
        StorageException e =
                new DirectDevices().failure("write", errno.result()).build();
        assertEquals(kind, e.kind());
        assertEquals(errno.number(), e.errno().orElseThrow());
    }
}
