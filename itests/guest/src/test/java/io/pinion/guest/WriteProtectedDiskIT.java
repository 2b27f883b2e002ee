package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Disk;
import io.pinion.guest.device.ScsiDebug;
import io.pinion.guest.device.Volumes;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A SCSI disk whose write protection is on. */
@InGuest
class WriteProtectedDiskIT {
    @Test
    void is_not_claimed_for_writing() throws Exception {
        try (ScsiDebug scsi = new ScsiDebug("wp=1")) {
            TargetGuard guard = new LinuxTargetGuard(new LibC());
            Target target = Target.of(scsi.disk().node());
            StorageException refusal =
                    assertThrows(StorageException.class, () -> guard.claim(target, ClaimRequest.of(Access.READ_WRITE)));
            assertEquals(Kind.READ_ONLY, refusal.kind(), refusal::getMessage);
            try (Claim claim = guard.claim(target, ClaimRequest.of(Access.READ_ONLY))) {
                assertEquals(Access.READ_ONLY, claim.access());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void is_read_when_that_is_all_that_is_asked(String strategy) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug("wp=1");
                Volumes volumes = new Volumes()) {
            Disk disk = scsi.disk();
            volumes.configure(strategy, disk, Map.of());
            volumes.awaitRefusal(disk, "access=read-only");

            Volume volume = volumes.open(strategy, disk, Map.of("access", "read-only"));
            ByteBuffer buffer = ByteBuffer.allocate(10_000);
            assertEquals(10_000, volume.read(buffer, 100));
            StorageException refused =
                    assertThrows(StorageException.class, () -> volume.write(ByteBuffer.allocate(512), 0));
            assertEquals(Kind.READ_ONLY, refused.kind(), refused::getMessage);
        }
    }
}
