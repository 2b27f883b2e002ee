package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.strategy.PageCacheAdvice.Pattern;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxPageCacheAdviceTest {
    private final ScriptedCalls script = new ScriptedCalls();
    private final LinuxPageCacheAdvice advice = new LinuxPageCacheAdvice(script.calls());

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"NORMAL, 0", "RANDOM, 1", "SEQUENTIAL, 2"})
    void advisesOnThatVeryFile(Pattern pattern, int expected) throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[10]);
        List<Object[]> given = new ArrayList<>();
        script.answer(
                "fadvise",
                1,
                a -> given.add(a),
                a -> script.real().fadvise((int) a[0], (long) a[1], (long) a[2], (int) a[3]));
        try (FileChannel other = FileChannel.open(file);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel third = FileChannel.open(file)) {
            channel.position(7);
            advice.advise(channel, pattern);
            assertEquals(7, channel.position());
            assertEquals(0, other.position() + third.position());
            int descriptor = (int) given.get(0)[0];
            channel.position(5);
            assertEquals(
                    "pos:\t5",
                    Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor))
                            .get(0));
        }
        assertEquals(1, given.size());
        assertEquals(expected, given.get(0)[3]);
    }

    @Test
    void keepsTheChannelOpenInAnInterruptedThread() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[10]);
        try (FileChannel channel = FileChannel.open(file)) {
            Thread.currentThread().interrupt();
            advice.advise(channel, Pattern.RANDOM);
            assertTrue(Thread.interrupted());
            assertTrue(channel.isOpen());
        }
    }

    @Test
    void saysWhenTheKernelRefuses() throws IOException {
        script.fail("fadvise", Errno.EINVAL);
        Path file = Files.write(directory.resolve("file"), new byte[10]);
        try (FileChannel channel = FileChannel.open(file)) {
            StorageException failure =
                    assertThrows(StorageException.class, () -> advice.advise(channel, Pattern.RANDOM));
            assertEquals(Kind.INVALID_ARGUMENT, failure.kind());
            assertEquals(0, channel.position());
        }
    }

    @Test
    void saysWhenTheChannelIsClosed() throws IOException {
        FileChannel channel = FileChannel.open(Files.createFile(directory.resolve("file")));
        channel.close();
        StorageException failure = assertThrows(StorageException.class, () -> advice.advise(channel, Pattern.NORMAL));
        assertEquals(Kind.IO_ERROR, failure.kind());
        assertEquals(0, Linux.POSIX_FADV_NORMAL);
    }
}
