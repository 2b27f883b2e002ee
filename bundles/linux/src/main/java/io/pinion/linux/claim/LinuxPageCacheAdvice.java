package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.PageCacheAdvice;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Advises through the descriptor of a channel, which Java hides: the channel is positioned where nobody else can be, and
 * the descriptor that stands there by /proc/self/fdinfo (proc_pid_fdinfo(5)) is it, if it follows when the channel is
 * moved again. Meanwhile nobody may read or write the channel at its own position; given offsets are not affected.
 */
@Component
public final class LinuxPageCacheAdvice implements PageCacheAdvice {
    private static final String OPERATION = "advise";

    /** Positions that every file system allows, FAT included, and that no file is likely to be read at. */
    private static final long FROM = 1L << 30;

    private static final long TO = 1L << 31;

    private final SystemCalls calls;
    private final Path fdinfo;

    /** Started by the component runtime. */
    @Activate
    public LinuxPageCacheAdvice(@Reference SystemCalls calls) {
        this.calls = calls;
        fdinfo = Path.of("/proc/self/fdinfo");
    }

    /**
     * {@inheritDoc}
     *
     * <p>An interrupt of the calling thread that is there before does not close the channel; one that comes meanwhile
     * does, as in any other use of a channel.
     */
    @Override
    public void advise(FileChannel channel, Pattern pattern) throws StorageException {
        boolean interrupted = Thread.interrupted();
        try {
            long position = channel.position();
            try {
                advise(descriptor(channel), pattern);
            } finally {
                channel.position(position);
            }
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw StorageException.of(Kind.IO_ERROR, OPERATION, "the channel can't be positioned: " + e)
                    .cause(e)
                    .build();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void advise(int descriptor, Pattern pattern) throws StorageException {
        int advice = switch (pattern) {
            case NORMAL -> Linux.POSIX_FADV_NORMAL;
            case SEQUENTIAL -> Linux.POSIX_FADV_SEQUENTIAL;
            case RANDOM -> Linux.POSIX_FADV_RANDOM;
        };
        long result = SystemCalls.uninterrupted(() -> calls.fadvise(descriptor, 0, 0, advice));
        if (result < 0) {
            throw Errno.failure(OPERATION, result).build();
        }
    }

    private int descriptor(FileChannel channel) throws IOException {
        String first = moved(channel);
        List<Path> candidates = new ArrayList<>();
        for (Path file : KernelText.children(fdinfo)) {
            if (stands(file, first)) {
                candidates.add(file);
            }
        }
        String second = moved(channel);
        for (Path file : candidates) {
            if (stands(file, second)) {
                return Integer.parseInt(KernelText.name(file));
            }
        }
        String detail = "no descriptor in " + fdinfo + " follows the channel; it is no file of the default file system";
        throw StorageException.of(Kind.UNSUPPORTED, OPERATION, detail).build();
    }

    private static String moved(FileChannel channel) throws IOException {
        long position = ThreadLocalRandom.current().nextLong(FROM, TO);
        channel.position(position);
        return Long.toString(position);
    }

    private static boolean stands(Path file, String position) {
        return KernelText.lines(file).stream()
                .limit(1)
                .anyMatch(line ->
                        line.startsWith("pos:") && line.substring(4).strip().equals(position));
    }
}
