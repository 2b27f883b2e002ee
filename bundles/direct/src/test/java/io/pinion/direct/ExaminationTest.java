package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.direct.OpenFile;
import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final DirectStrategy strategy = new DirectStrategy(script.calls(), Settings.DEFAULT);

    private Path file(int size) throws IOException {
        return Files.write(directory.resolve("file"), DirectFile.content(size, 1));
    }

    private Examination examine(Path path) throws StorageException {
        return strategy.examine(Target.of(path));
    }

    @Test
    void aFileOnADiskIsSuitable() throws IOException {
        Path file = file(100_000);
        Examination found = examine(file);
        assumeTrue(found.isSuitable(), () -> "needs direct I/O at " + directory + ": " + found.notes());
        assertEquals(Access.READ_WRITE, found.access());
        assertEquals(
                Set.of(
                        Capability.ZERO_COPY,
                        Capability.DURABLE_WRITES,
                        Capability.SET_SIZE,
                        Capability.UNCACHED_TRANSFERS,
                        Capability.NATIVE_QUEUE),
                found.capabilities());
        assertEquals(found.geometry().offsetAlignment(), found.geometry().lengthAlignment());
        assertTrue(found.notes().get(0).startsWith("verified: "), found::toString);
        assertEquals("path:" + file, found.identity());
        assertEquals(List.of(), Descriptors.flags(file));
    }

    @Test
    void aFileTooShortToTellIsUnverified() throws IOException {
        assumeTrue(examine(file(100_000)).isSuitable(), "needs direct I/O");
        assertEquals(
                "unverified: the file has less than 4096 bytes",
                examine(file(4095)).notes().get(0));
        assertTrue(examine(file(0)).isSuitable());
    }

    /** The kernel reads ahead of whoever reads what another has just written. */
    @Test
    void zeroesThatTheCacheHoldsOfWhatIsNotWrittenYetProveNothing() throws IOException {
        assumeTrue(examine(file(100_000)).isSuitable(), "needs direct I/O");
        Path file = file(0);
        SystemCalls calls = script.real();
        OpenFile open = OpenFile.open(calls, file, Access.READ_WRITE, 0);
        try {
            assumeTrue(calls.fallocate(open.direct(), 0, 0, 1 << 20) == 0, "needs fallocate(2) at " + directory);
            assertEquals(1 << 20, Files.readAllBytes(file).length);
            assumeTrue(open.data(1 << 19) == 1 << 19, "lseek(2) does not call it data here");
            Examination found = examine(file);
            assertTrue(found.isSuitable(), found::toString);
            assertTrue(found.notes().get(0).endsWith("or are not on storage yet"), found::toString);
        } finally {
            open.close();
        }
    }

    @Test
    void tmpfsIsNot() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
                "needs a tmpfs at /dev/shm");
        Path file = Files.createTempFile(memory, "pinion", "");
        try {
            String reason = "tmpfs accepts O_DIRECT and copies through the page cache: use strategy buffered";
            for (int size : new int[] {0, 10_000}) {
                Files.write(file, new byte[size]);
                Examination found = examine(file);
                assertFalse(found.isSuitable());
                // Older kernels refuse to open.
                String said = found.notes().get(0);
                assertTrue(said.equals(reason) || said.contains("use strategy buffered"), said);
            }
            StorageException e = assertThrows(
                    StorageException.class, () -> strategy.open(Target.of(file), OpenOptions.of(Access.READ_WRITE)));
            assertEquals(Kind.UNSUPPORTED, e.kind());
            assertEquals(List.of(), Descriptors.flags(file));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void otherThingsAreNot() throws IOException {
        assertEquals(
                List.of("it is a directory: name a file in it"),
                examine(directory).notes());
        assertTrue(examine(Path.of("/dev/null")).notes().get(0).startsWith("it is a character device"));
        try (Stream<Path> devices = Files.list(Path.of("/sys/class/block"))) {
            Path device = Path.of("/dev")
                    .resolve(devices.findFirst().orElse(directory).getFileName());
            if (Files.exists(device)) {
                assertEquals(
                        List.of("it is a block device: use strategy block"),
                        examine(device).notes());
            }
        }
        StorageException e = assertThrows(StorageException.class, () -> examine(directory.resolve("missing")));
        assertEquals(Kind.NOT_FOUND, e.kind());
        assertEquals("direct", e.strategy());
    }

    @Test
    void aFileThatCannotBeWrittenIsReadOnly() throws IOException {
        Path file = file(100_000);
        assumeTrue(examine(file).isSuitable(), "needs direct I/O");
        script.fail("faccessat", 1, Errno.EROFS);
        Examination found = examine(file);
        assertEquals(Access.READ_ONLY, found.access());
        assertTrue(found.notes().get(found.notes().size() - 1).startsWith("read-only: "));
        try (var channel = strategy.open(Target.of(file), OpenOptions.of(Access.READ_ONLY))) {
            assertTrue(Descriptors.flags(file).stream().allMatch(f -> (f & Linux.O_ACCMODE) == Linux.O_RDONLY));
            assertEquals("O_DIRECT", channel.mode().name());
        }
    }

    @Test
    void aFileSystemWithoutDirectIsNot() throws IOException {
        Path file = file(100_000);
        script.answer("open", 1, (a, real) -> Errno.EINVAL.result());
        assertTrue(examine(file).notes().get(0).contains("its file system has no O_DIRECT: use strategy buffered"));
    }

    @Test
    void whereStatxTellsNothingItIsTried() throws IOException {
        Path file = file(100_000);
        assumeTrue(examine(file).isSuitable(), "needs direct I/O");
        String type = Files.getFileStore(file).type();
        assumeTrue(!Examiner.COPYING.contains(type), "needs another file system than " + type);
        scriptStatx(mask -> mask & ~Linux.STATX_DIOALIGN, -1);
        Examination found = examine(file);
        assertTrue(found.isSuitable(), found::toString);
        assertTrue(found.notes().contains("alignment 512 by trial")
                || found.notes().contains("alignment 4096 by trial"));

        script.answer("pread", 2, (a, real) -> Errno.EINVAL.result());
        assertEquals(4096, examine(file).geometry().offsetAlignment());

        script.answer("pread", 1, (a, real) -> 1L);
        assertTrue(examine(file)
                .notes()
                .get(0)
                .endsWith("accepts O_DIRECT and copies through the page cache: use strategy buffered"));
    }

    @Test
    void whereStatxSaysNoItIsNot() throws IOException {
        Path file = file(100_000);
        scriptStatx(mask -> mask | Linux.STATX_DIOALIGN, 0);
        assertTrue(examine(file).notes().get(0).contains("no direct I/O for this file"));
    }

    @Test
    void whatIsPromisedAndNotDoneIsSeen() throws IOException {
        Path file = file(100_000);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // Of a page that has not been written back it can't be told.
            channel.force(true);
        }
        assumeTrue(examine(file).isSuitable(), "needs direct I/O");
        // What ext4 does with data=journal: reads through the cache whatever the flags are.
        List<Object> opened = new ArrayList<>();
        script.answer("open", 2, (a, real) -> {
            opened.add(real.make(a));
            return opened.get(opened.size() - 1);
        });
        script.answer("pread", Integer.MAX_VALUE, (a, real) -> {
            Object[] cached = a.clone();
            cached[0] = opened.get(1);
            return real.make(cached);
        });
        Examination found = examine(file);
        assertFalse(found.isSuitable());
        assertTrue(found.notes().get(0).contains("went through the page cache"), found::toString);
    }

    @Test
    void whereTheKernelDoesNotCountItIsUnverified() throws Exception {
        Path file = file(100_000);
        assumeTrue(examine(file).isSuitable(), "needs direct I/O");
        OpenFile open = OpenFile.open(script.calls(), file, Access.READ_ONLY, 0);
        try {
            Trial.Result result = new Trial(open, 512, () -> DeviceReads.UNKNOWN).run();
            assertEquals(Trial.Outcome.UNKNOWN, result.outcome());
            assertEquals("unverified: the kernel does not count this thread's reads", result.detail());
        } finally {
            open.close();
        }
    }

    private interface Mask {
        int change(int mask);
    }

    private void scriptStatx(Mask mask, int alignment) {
        script.answer("statx", Integer.MAX_VALUE, (a, real) -> {
            Object result = real.make(a);
            ByteBuffer data = ((ByteBuffer) a[4]).duplicate().order(ByteOrder.nativeOrder());
            data.putInt(0, mask.change(data.getInt(0)));
            if (alignment >= 0) {
                data.putInt(152, alignment).putInt(156, alignment);
            }
            return result;
        });
    }
}
