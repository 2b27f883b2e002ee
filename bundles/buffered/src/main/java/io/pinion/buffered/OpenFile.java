package io.pinion.buffered;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.KernelFiles;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A file that stays open. A {@link FileChannel} is closed for all threads when one of them is interrupted in I/O; here it
 * is opened again, as the same file, and whoever met the closed one goes on with the next.
 */
final class OpenFile {
    private final Target target;
    private final Path path;
    private final Set<OpenOption> how;
    private final Failures failures;
    private final SteadyFile steady;
    private final Object key;
    private final Supplier<Advice> advice;

    /** Set under the lock, read without. */
    private volatile FileChannel channel;

    private volatile List<String> adviceNotes;
    private volatile boolean reopened;

    private boolean closed;

    OpenFile(Target target, boolean writable, Supplier<Advice> advice) throws StorageException {
        this.target = target;
        path = target.path();
        how = writable ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE) : Set.of(StandardOpenOption.READ);
        failures = new Failures(target);
        this.advice = advice;
        FileChannel first = null;
        try {
            first = FileChannel.open(path, how);
            key = key();
            // Later than the channel, which does not create what is missing.
            steady = new SteadyFile(path, writable);
        } catch (IOException e) {
            discard(first);
            throw failures.of("open", e);
        }
        adviceNotes = advice.get().give(first, true);
        channel = first;
    }

    /** {@return the channel as of now; when it turns out to be closed, {@link #next} has another} */
    FileChannel channel() {
        return channel;
    }

    /** {@return what no interrupt closes} */
    SteadyFile steady() {
        return steady;
    }

    /**
     * Puts what was written on stable storage: by fdatasync(2), until an interrupt has once closed a descriptor together with
     * what it had yet to report; then by fsync(2) on the one that is open from the beginning.
     */
    void flush() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            if (!isReopened()) {
                try {
                    channel.force(false);
                    return;
                } catch (ClosedChannelException e) {
                    // An interrupt hides what the kernel answered, and the kernel does not answer twice.
                    interrupted |= Thread.interrupted();
                }
            }
            steady.flush();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return whether there was a {@link #next} already} */
    boolean isReopened() {
        return reopened;
    }

    /** {@return what the operator should know of the advice to the kernel} */
    List<String> adviceNotes() {
        return adviceNotes;
    }

    /** {@return the channel to go on with after {@code broken} was met closed} */
    synchronized FileChannel next(FileChannel broken) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (channel == broken) {
            reopened = true;
            FileChannel next = FileChannel.open(path, how);
            requireSame(next, "an interrupt had closed the one that was open");
            adviceNotes = advice.get().give(next, true);
            channel = next;
        }
        return channel;
    }

    /** {@return the same file, opened once more by the service} */
    KernelFile again(KernelFiles service, Access access) throws StorageException {
        KernelFile next = service.open(path, access);
        try {
            requireSame(next, "a service that can do more with it came late");
        } catch (IOException e) {
            throw failures.of("open", e);
        }
        return next;
    }

    private void requireSame(AutoCloseable next, String why) throws IOException {
        boolean same = false;
        try {
            same = Objects.equals(key, key()) && !isGone();
        } finally {
            if (!same) {
                discard(next);
            }
        }
        if (!same) {
            throw failures.of(
                    Kind.TARGET_CHANGED,
                    "reopen",
                    "by now the path leads to something else; " + why
                            + ", which can be had again when bundle io.pinion.linux holds a claim on it");
        }
    }

    /** Tells the kernel what there is to tell by now. */
    synchronized void advise() {
        if (!closed) {
            adviceNotes = advice.get().give(channel, false);
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        // Outside the lock: it waits for the transfers that run.
        discard(channel);
        discard(steady);
    }

    private Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** The number of a device that was pulled out may be another's by now, which the path leads to then. */
    private boolean isGone() {
        return target.claim().map(Claim::presence).filter(Presence::isGone).isPresent();
    }

    private static void discard(AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            // What close(2) reports of a file is a failed write-back, and that is what flush is for.
        }
    }
}
