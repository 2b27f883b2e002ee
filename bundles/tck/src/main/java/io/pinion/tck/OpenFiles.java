package io.pinion.tck;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this process has open, as Linux tells it (proc_pid_fd(5), proc_pid_fdinfo(5)): the proof of how a file was opened,
 * and of descriptors that nobody closed. Elsewhere there is nothing to see.
 */
public final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path FLAGS = Path.of("/proc/self/fdinfo");

    private OpenFiles() {}

    /**
     * An open descriptor.
     *
     * @param descriptor its number
     * @param flags of open(2), as fdinfo has them
     */
    public record OpenFile(int descriptor, int flags) {
        private static final int O_ACCMODE = 3;
        private static final int O_DIRECT = System.getProperty("os.arch").equals("aarch64") ? 0200000 : 040000;

        /** {@return whether transfers by it go around the page cache: O_DIRECT} */
        public boolean isDirect() {
            return (flags & O_DIRECT) != 0;
        }

        /** {@return whether it may write} */
        public boolean isWritable() {
            return (flags & O_ACCMODE) != 0;
        }

        @Override
        public String toString() {
            return "fd " + descriptor + " flags 0" + Integer.toOctalString(flags);
        }
    }

    /** {@return whether this system shows what is open} */
    public static boolean areVisible() {
        return Files.isDirectory(FLAGS);
    }

    /** {@return how many descriptors this process has open now} */
    public static int count() throws IOException {
        // Less the one that looks.
        return numbers().size() - 1;
    }

    /** {@return the descriptors of this process that lead to this very file, by whatever name} */
    public static List<OpenFile> of(Path file) throws IOException {
        List<OpenFile> found = new ArrayList<>();
        for (String number : numbers()) {
            flags(file, number).ifPresent(flags -> found.add(new OpenFile(Integer.parseInt(number), flags)));
        }
        return found;
    }

    private static Optional<Integer> flags(Path file, String number) throws IOException {
        try {
            if (!Files.isSameFile(file, DESCRIPTORS.resolve(number))) {
                return Optional.empty();
            }
            return Files.readAllLines(FLAGS.resolve(number)).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .map(line -> Integer.parseInt(line.substring(6).strip(), 8))
                    .findFirst();
        } catch (NoSuchFileException e) {
            // Closed meanwhile, or no file: a socket, a pipe.
            return Optional.empty();
        }
    }

    private static List<String> numbers() throws IOException {
        List<String> numbers = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            all.forEach(path -> numbers.add(DESCRIPTORS.relativize(path).toString()));
        }
        return numbers;
    }
}
