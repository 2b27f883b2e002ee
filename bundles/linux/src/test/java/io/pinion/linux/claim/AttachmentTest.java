package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Presence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a sysfs of our own, and a kernel that answers two requests as it would of a disk. */
class AttachmentTest {
    private static final long SIZE = 1 << 20;

    private final ScriptedCalls script = new ScriptedCalls();

    @TempDir
    Path sys;

    private Path node;
    private long size = SIZE;
    private long sequence = 7;

    @BeforeEach
    void build() throws IOException {
        node = sys.resolve("8:16");
        attach("sdb");
        script.answer("ioctl", Integer.MAX_VALUE, a -> a[2] instanceof ByteBuffer, a -> {
            long value = (long) a[1] == Linux.BLKGETSIZE64 ? size : sequence;
            ((ByteBuffer) a[2]).putLong(0, value);
            return value < 0 ? value : 0;
        });
    }

    private void attach(String name) throws IOException {
        Path disk = Files.createDirectories(sys.resolve("block").resolve(name));
        Files.writeString(disk.resolve("size"), SIZE / 512 + "\n");
        Files.createSymbolicLink(node, disk);
    }

    private Attachment attachment() throws Exception {
        byte[] path = SystemCalls.path(Path.of("/dev/null"));
        Descriptor open = new Descriptor(script.calls(), script.real().open(path, Linux.O_CLOEXEC, 0));
        return new Attachment(script.calls(), open, "8:16", node, true);
    }

    private static void assertGone(String words, Presence presence) {
        assertTrue(presence.isGone(), presence::toString);
        assertTrue(presence.detail().contains(words), presence::toString);
    }

    @Test
    void tellsTheSizeOfWhatIsThere() throws Exception {
        Attachment attachment = attachment();
        assertEquals(SIZE, attachment.presence().size().orElseThrow());
        size = 2 * SIZE;
        assertEquals(2 * SIZE, attachment.presence().size().orElseThrow());
        assertFalse(attachment.presence().isGone());
    }

    @Test
    void whatHasNoCapacityAnyMoreIsGone() throws Exception {
        Attachment attachment = attachment();
        size = 0;
        assertGone("no capacity", attachment.presence());
    }

    @Test
    void whatTheKernelDoesNotKnowAnyMoreIsGone() throws Exception {
        Attachment attachment = attachment();
        size = Errno.ENXIO.result();
        assertGone("no size", attachment.presence());
    }

    @Test
    void whatSysfsDoesNotHaveAnyMoreIsGone() throws Exception {
        Attachment attachment = attachment();
        Files.delete(node);
        assertGone("sysfs has no device 8:16", attachment.presence());
    }

    @Test
    void aNumberThatIsAnotherDevicesIsNotTheSame() throws Exception {
        Attachment attachment = attachment();
        Files.delete(node);
        attach("sdc");
        assertGone("another device's", attachment.presence());
    }

    @Test
    void aMediumThatWasChangedIsGone() throws Exception {
        Attachment attachment = attachment();
        sequence = 8;
        assertGone("disk sequence number 8, claimed was 7", attachment.presence());
    }

    @Test
    void aPartitionGoesWithItsDisk() throws Exception {
        Files.delete(node);
        Path part = Files.createDirectories(sys.resolve("block/sdb/sdb1"));
        Files.writeString(part.resolve("partition"), "1\n");
        Files.createSymbolicLink(node, part);
        Attachment attachment = attachment();
        assertFalse(attachment.presence().isGone());
        Files.writeString(sys.resolve("block/sdb/size"), "0\n");
        assertGone("no capacity", attachment.presence());
    }

    @Test
    void whatVanishedBeforeItWasLookedAtIsGone() throws Exception {
        Files.delete(node);
        assertGone("sysfs has no device 8:16", attachment().presence());
        size = 0;
        assertGone("no capacity", attachment().presence());
    }

    @Test
    void withoutSysfsAndSequenceNumbersTheSizeTells() throws Exception {
        node = sys.resolve("no sysfs here/8:16");
        sequence = Errno.ENOTTY.result();
        Attachment attachment = attachment();
        assertEquals(SIZE, attachment.presence().size().orElseThrow());
        size = 0;
        assertTrue(attachment.presence().isGone());
    }

    @Test
    void aTapeDriveIsThereAsLongAsSysfsHasIt() throws Exception {
        byte[] path = SystemCalls.path(Path.of("/dev/null"));
        Descriptor open = new Descriptor(script.calls(), script.real().open(path, Linux.O_CLOEXEC, 0));
        Attachment attachment = new Attachment(script.calls(), open, "9:128", node, false);
        assertTrue(attachment.presence().isKnown());
        assertTrue(attachment.presence().size().isEmpty());
        Files.delete(node);
        assertTrue(attachment.presence().isGone());
        open.close();
        assertFalse(attachment.presence().isKnown() && !attachment.presence().isGone());
    }
}
