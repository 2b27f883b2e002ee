package io.pinion.buffered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PageCacheAdvice;
import io.pinion.strategy.PageCacheAdvice.Pattern;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BufferedStrategyTest {
    private static final OpenOptions OPTIONS = OpenOptions.of(Access.READ_WRITE);

    @TempDir
    private Path directory;

    @Test
    void servesARegularFile() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Examination finding = new BufferedStrategy().examine(Target.of(file));
        assertTrue(finding.isSuitable());
        assertEquals("path:" + file, finding.identity());
        assertEquals(Set.of(Capability.ZERO_COPY, Capability.SET_SIZE), finding.capabilities());
        assertEquals(1, finding.geometry().memoryAlignment());
        assertEquals("content", Files.readString(file));
    }

    @Test
    void refusesWhatHasNoBytesAtOffsetsAndSaysWhatIsAllowed() throws Exception {
        assertReason(directory, "is a directory; allowed: a regular file or a block device");
        assertReason(Path.of("/dev/null"), "is a character device; allowed: a regular file or a block device");
    }

    @Test
    void aMissingFileIsAnErrorAndStaysMissing() throws Exception {
        StorageException missing =
                assertThrows(StorageException.class, () -> new BufferedStrategy().examine(target("missing")));
        assertEquals(Kind.NOT_FOUND, missing.kind());
        missing = assertThrows(StorageException.class, () -> new BufferedStrategy().open(target("missing"), OPTIONS));
        assertEquals(Kind.NOT_FOUND, missing.kind());
        assertEquals("open", missing.operation());
        assertFalse(Files.exists(directory.resolve("missing")));
    }

    @Test
    void aFileThatMayNotBeReadIsAnError() throws Exception {
        Path secret = Files.createFile(directory.resolve("secret"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(secret), "root may read everything");
        StorageException denied =
                assertThrows(StorageException.class, () -> new BufferedStrategy().examine(Target.of(secret)));
        assertEquals(Kind.ACCESS_DENIED, denied.kind());
    }

    @Test
    void aPipeIsRefusedWithoutWaitingForItsOtherEnd() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(mkfifo(pipe), "there is no mkfifo");
        assertReason(pipe, "is neither a file nor a directory");
        StorageException e =
                assertThrows(StorageException.class, () -> new BufferedStrategy().open(Target.of(pipe), OPTIONS));
        assertEquals(Kind.WRONG_TYPE, e.kind());
    }

    @Test
    void adviceReachesOpenChannelsWhenItComesAndChanges() throws Exception {
        List<Pattern> given = new ArrayList<>();
        PageCacheAdvice first = (channel, pattern) -> given.add(pattern);
        PageCacheAdvice second = (channel, pattern) -> {
            throw StorageException.of(Kind.UNSUPPORTED, "advise", "not here").build();
        };
        Files.createFile(directory.resolve("file"));
        BufferedStrategy strategy = new BufferedStrategy(configuration("sequential"));
        strategy.bindKernel(new FakeKernel());
        try (IoChannel channel = strategy.open(target("file"), OPTIONS)) {
            assertEquals("page cache", channel.mode().name());
            assertTrue(note(channel).contains("advice=sequential is not given"), note(channel));
            strategy.bindAdvice(first);
            assertEquals("advice=sequential is given", note(channel));
            strategy.configure(configuration("sideways"));
            assertTrue(note(channel).startsWith("advice=sideways is refused"), note(channel));
            strategy.configure(configuration(""));
            assertTrue(channel.mode().notes().isEmpty(), "an empty field is the default");
            strategy.configure(configuration("random"));
            strategy.bindAdvice(second);
            strategy.unbindAdvice(first);
            assertTrue(note(channel).contains("could not be given: advise: not here"), note(channel));
            strategy.bindAdvice(first);
            strategy.configure(configuration("normal"));
            assertTrue(channel.mode().notes().isEmpty());
        }
        assertEquals(
                List.of(
                        Pattern.SEQUENTIAL,
                        Pattern.SEQUENTIAL,
                        Pattern.NORMAL,
                        Pattern.RANDOM,
                        Pattern.RANDOM,
                        Pattern.NORMAL),
                given);
    }

    @Test
    void aConfigurationThatIsRefusedChangesNothingAndIsToldOnceAndByEachChannel() throws Exception {
        Files.createFile(directory.resolve("file"));
        try (Warnings warnings = new Warnings()) {
            BufferedStrategy strategy = new BufferedStrategy(Map.of("advice", "random", "advise", "random"));
            strategy.bindKernel(new FakeKernel());
            String first = "advise is unknown; allowed: the keys advice, cache; it stays advice=normal, cache=keep";
            assertEquals(List.of("io.pinion.buffered: " + first), warnings.messages());
            List<Pattern> given = new ArrayList<>();
            strategy.bindAdvice((channel, pattern) -> given.add(pattern));
            try (IoChannel channel = strategy.open(target("file"), OPTIONS)) {
                assertEquals(
                        List.of(first + ": correct it in io.pinion.buffered"),
                        channel.mode().notes());
                strategy.configure(configuration("sequential"));
                assertEquals(
                        List.of("advice=sequential is given"), channel.mode().notes());
                strategy.configure(configuration("sideways"));
                String second = "advice=sideways is refused; allowed: [normal, sequential, random];"
                        + " it stays advice=sequential, cache=keep";
                assertEquals(
                        List.of(second + ": correct it in io.pinion.buffered", "advice=sequential is given"),
                        channel.mode().notes());
                assertEquals(
                        List.of("io.pinion.buffered: " + first, "io.pinion.buffered: " + second), warnings.messages());
            }
            assertEquals(Pattern.SEQUENTIAL, given.get(given.size() - 1));
        }
    }

    @Test
    void aNewChannelIsAdvisedBeforeItsFirstRead() throws Exception {
        List<Pattern> given = new ArrayList<>();
        Files.createFile(directory.resolve("file"));
        BufferedStrategy strategy = new BufferedStrategy(configuration("random"));
        strategy.bindAdvice((channel, pattern) -> given.add(pattern));
        strategy.open(target("file"), OPTIONS).close();
        strategy.configure(configuration("sequential"));
        assertEquals(List.of(Pattern.RANDOM), given, "a closed channel is advised no more");
    }

    private void assertReason(Path path, String words) throws StorageException {
        Examination finding = new BufferedStrategy().examine(Target.of(path));
        assertFalse(finding.isSuitable());
        assertTrue(finding.notes().get(0).contains(words), finding.toString());
    }

    private Target target(String name) {
        return Target.of(directory.resolve(name));
    }

    private static String note(IoChannel channel) {
        return channel.mode().notes().get(0);
    }

    private static boolean mkfifo(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static Map<String, Object> configuration(String advice) {
        return Map.of("pinion.strategy", BufferedStrategy.NAME, "advice", advice);
    }
}
