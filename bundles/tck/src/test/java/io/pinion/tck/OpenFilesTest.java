package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        assumeTrue(OpenFiles.areVisible(), "there is no /proc/self/fdinfo here");
        file = Files.writeString(directory.resolve("file"), "content");
    }

    @Test
    void aFileIsFoundByAnyNameWhileItIsOpen() throws IOException {
        assertEquals(List.of(), OpenFiles.of(file));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        try (FileChannel channel = FileChannel.open(link, StandardOpenOption.READ)) {
            assertTrue(channel.isOpen());
            OpenFiles.OpenFile open = OpenFiles.of(file).get(0);
            assertFalse(open.isWritable());
            assertFalse(open.isDirect());
        }
        assertEquals(List.of(), OpenFiles.of(file));
    }

    @Test
    void directnessIsSeen() throws ReflectiveOperationException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, direct())) {
            assertTrue(channel.isOpen());
            OpenFiles.OpenFile open = OpenFiles.of(file).get(0);
            assertTrue(open.isWritable(), open::toString);
            assertTrue(open.isDirect(), open::toString);
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "no direct I/O in " + directory + ": " + e);
        }
    }

    @Test
    void descriptorsAreCounted() throws IOException {
        int before = OpenFiles.count();
        try (FileChannel first = FileChannel.open(file);
                FileChannel second = FileChannel.open(file)) {
            assertTrue(first.isOpen() && second.isOpen());
            assertEquals(before + 2, OpenFiles.count());
        }
        assertEquals(before, OpenFiles.count());
    }

    /** ExtendedOpenOption.DIRECT, by its name: compilers warn of the class, though it is supported. */
    private static OpenOption direct() throws ReflectiveOperationException {
        for (Object option :
                Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
            if (option.toString().equals("DIRECT")) {
                return (OpenOption) option;
            }
        }
        throw new AssertionError("this JDK has no ExtendedOpenOption.DIRECT");
    }
}
