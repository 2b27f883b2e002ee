package io.pinion.buffered;

import io.pinion.buffered.BufferedSettings.Cache;
import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.KernelFile;
import io.pinion.strategy.KernelFiles;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What a channel does by a {@link KernelFile}: transfers that leave nothing in the page cache, and queues. What the file can't
 * do is done through the page cache, each time counted with the reason.
 *
 * <p>A file is used until the channel is closed or another service opens one, however long ago its service has left. One that
 * was replaced stays open as long as queues that it opened are on it, whose uncached writes it has to have forgotten.
 */
final class KernelSide {
    private static final String ABSENT = "there is no service KernelFiles; start bundle io.pinion.linux";

    private final OpenFile open;
    private final Access access;
    private final TransferMeter meter;
    private final Supplier<Surroundings> surroundings;
    private final BouncePool bounces = new BouncePool();
    private final boolean present;

    /** Older files that are not idle yet. What comes in here is in the state until afterwards. */
    private final List<KernelFile> replaced = new CopyOnWriteArrayList<>();

    /** Set under the lock, read without. */
    private volatile State state;

    private volatile boolean dropping;
    private KernelFiles opener;
    private boolean closed;

    /**
     * What there is now.
     *
     * @param file what transfers and queues go by
     * @param refusal why transfers are not uncached; empty where they can be
     * @param cause under what those are counted that are not
     */
    private record State(Optional<KernelFile> file, String refusal, String cause) {
        State(Optional<KernelFile> file, String refusal) {
            this(file, refusal, "not uncached: " + refusal);
        }
    }

    KernelSide(OpenFile open, Access access, TransferMeter meter, Supplier<Surroundings> surroundings) {
        this.open = open;
        this.access = access;
        this.meter = meter;
        this.surroundings = surroundings;
        state = new State(Optional.empty(), ABSENT);
        heed();
        present = state.file.isPresent();
    }

    /** Heeds what has come, changed or gone. */
    synchronized void heed() {
        if (closed) {
            return;
        }
        Surroundings now = surroundings.get();
        KernelFiles service = now.kernel().orElse(null);
        if (service != null && service != opener) {
            Optional<KernelFile> old = state.file;
            try {
                KernelFile file = open.again(service, access);
                State next = new State(Optional.of(file), file.uncachedRefusal());
                // From here on nothing fails that would leave the old one in both places.
                old.ifPresent(replaced::add);
                state = next;
                opener = service;
                closeIdle();
            } catch (StorageException | RuntimeException e) {
                if (old.isEmpty()) {
                    state = new State(old, e.getMessage());
                }
            }
        }
        dropping = now.settings().cache() == Cache.DROP;
    }

    /** {@return whether a transfer is to be uncached, and can be; counts it when it is to be and can't} */
    boolean takes(TransferFlags flags) {
        if (!dropping && !flags.contains(TransferFlags.UNCACHED)) {
            return false;
        }
        State now = state;
        if (now.refusal.isEmpty()) {
            return true;
        }
        meter.cause(now.cause).fellBack();
        return false;
    }

    /**
     * Transfers what remains in the buffer, uncached.
     *
     * @return how many bytes were transferred, which is less when no more can be uncached, or at the end; -1 at the end
     * @throws StorageException of which the buffer's position tells how many bytes were transferred before
     */
    int transfer(boolean reading, ByteBuffer buffer, long position) throws StorageException {
        int start = buffer.position();
        State used = state;
        while (buffer.hasRemaining() && used.file.isPresent()) {
            int done = buffer.position() - start;
            try {
                int moved = move(reading, used.file.get(), buffer, position + done);
                if (moved < 0) {
                    return done == 0 ? moved : done;
                }
            } catch (StorageException e) {
                if (e.kind() == Kind.UNSUPPORTED) {
                    refuse(used, e.detail());
                    break;
                }
                if (e.kind() != Kind.CLOSED || used == state) {
                    throw e;
                }
                // It was closed for another that has been opened since.
                used = state;
            }
        }
        return buffer.position() - start;
    }

    /** One part of a transfer: all that remains of a direct buffer, else as much as is copied at once. */
    private int move(boolean reading, KernelFile file, ByteBuffer buffer, long position) throws StorageException {
        if (buffer.isDirect()) {
            return reading ? file.readUncached(buffer, position) : file.writeUncached(buffer, position);
        }
        ByteBuffer bounce = bounces.take();
        int start = buffer.position();
        int limit = buffer.limit();
        try {
            bounce.limit(Math.min(BouncePool.SIZE, limit - start));
            if (!reading) {
                bounce.put(buffer.limit(start + bounce.limit())).flip();
            }
            return reading ? file.readUncached(bounce, position) : file.writeUncached(bounce, position);
        } finally {
            int moved = bounce.position();
            buffer.position(start).limit(limit);
            if (reading) {
                buffer.put(bounce.flip());
            } else {
                buffer.position(start + moved);
            }
            if (moved > 0) {
                meter.cause(BufferedChannel.HEAP_BUFFER).bounced(moved);
            }
            bounces.give(bounce);
        }
    }

    private synchronized void refuse(State used, String why) {
        State refused = new State(used.file, why);
        if (state == used) {
            state = refused;
        }
        meter.cause(refused.cause).fellBack();
    }

    /** Called ahead of a flush; {@return what then lets go of what uncached writes have left all the same} */
    Runnable flushing() {
        boolean all = isDropping();
        List<Runnable> forgetting = new ArrayList<>();
        state.file.ifPresent(file -> forgetting.add(flushing(file, all)));
        replaced.forEach(file -> forgetting.add(flushing(file, all)));
        return () -> {
            forgetting.forEach(this::forget);
            forget(this::closeIdle);
        };
    }

    /** Pages that stay are no reason to fail a flush: what a file throws, whose service may have left, is counted. */
    private Runnable flushing(KernelFile file, boolean all) {
        try {
            return file.flushing(all);
        } catch (RuntimeException | LinkageError e) {
            stays(e);
            return () -> {};
        }
    }

    private void forget(Runnable forgetting) {
        try {
            forgetting.run();
        } catch (RuntimeException | LinkageError e) {
            stays(e);
        }
    }

    private void stays(Throwable why) {
        meter.cause("pages that uncached writes left may stay: the service KernelFiles threw " + why)
                .fellBack();
    }

    private void closeIdle() {
        for (KernelFile file : replaced) {
            if (file.isIdle() && replaced.remove(file)) {
                file.close();
            }
        }
    }

    ChannelQueue openQueue(int depth, PositionalChannel channel) throws StorageException {
        KernelFile file = state.file.orElseThrow(() -> StorageException.of(Kind.UNSUPPORTED, "openQueue", state.refusal)
                .build());
        return file.openQueue(depth, channel, this::takes, this::isDropping);
    }

    /** {@return whether all transfers are uncached} */
    boolean isDropping() {
        return dropping && state.refusal.isEmpty();
    }

    /** {@return what the operator should know} */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        State now = state;
        if (dropping && !now.refusal.isEmpty()) {
            notes.add("cache=drop is not had, pages stay in the page cache: " + now.refusal);
        }
        if (now.file.isEmpty()) {
            notes.add("queues are built on threads, and transfers can't be uncached: " + now.refusal);
        } else if (!present) {
            notes.add("service KernelFiles came when the volume was open: until it is reopened its queues are built on"
                    + " threads, and flags uncached are refused");
        }
        now.file.ifPresent(file -> notes.addAll(file.notes()));
        replaced.forEach(file -> notes.addAll(file.notes()));
        return notes;
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        state.file.ifPresent(KernelFile::close);
        replaced.forEach(KernelFile::close);
    }
}
