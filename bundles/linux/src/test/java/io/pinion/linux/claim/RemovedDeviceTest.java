package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Presence;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real kernel tells of a loop device that shrinks, grows and has its file exchanged, as root. */
class RemovedDeviceTest {
    private static final long SIZE = 4 << 20;

    private final LinuxTargetGuard guard = new LinuxTargetGuard(new LibC());

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private Path image;
    private LoopDevice loop;
    private Claim claim;

    @BeforeEach
    void attach() throws Exception {
        image = Files.write(directory.resolve("image"), new byte[(int) SIZE]);
        loop = new LoopDevice(image);
        claim = guard.claim(Target.of(loop.path()), ClaimRequest.of(Access.READ_WRITE));
    }

    @AfterEach
    void detach() throws Exception {
        if (claim != null) {
            claim.close();
        }
        if (loop != null) {
            loop.close();
        }
    }

    private void resize(long size) throws Exception {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            file.truncate(size);
            if (size > SIZE) {
                file.write(ByteBuffer.allocate(1), size - 1);
            }
        }
        LoopDevice.losetup("--set-capacity", loop.path().toString());
    }

    @Test
    void isThereAsLargeAsItIs() throws Exception {
        assertEquals(SIZE, claim.presence().size().orElseThrow());
        resize(2 * SIZE);
        assertEquals(2 * SIZE, claim.presence().size().orElseThrow());
        resize(SIZE / 2);
        assertEquals(SIZE / 2, claim.presence().size().orElseThrow());
    }

    @Test
    void isGoneWithoutCapacity() throws Exception {
        resize(0);
        assertTrue(claim.presence().isGone(), claim.presence()::toString);
    }

    @Test
    void staysThereWhileItIsDetachedAndOpen() throws Exception {
        loop.close();
        Presence presence = claim.presence();
        assertFalse(presence.isGone(), presence::toString);
        claim.close();
        assertFalse(claim.presence().isKnown(), "whatever uses the node now is no longer the claim's");
        loop = null;
    }

    @Test
    void isNotKnownAgain() throws Exception {
        assertEquals("", claim.lastingIdentity());
        assertEquals("", guard.inspect(Target.of(loop.path())).lastingIdentity());
    }

    @Test
    void aFileIsNeverGone() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[512]);
        try (Claim held = guard.claim(Target.of(file), ClaimRequest.of(Access.READ_WRITE))) {
            Files.delete(file);
            assertFalse(held.presence().isKnown());
            assertEquals("", held.lastingIdentity());
        }
    }
}
