package io.pinion.advisor.measure;

import io.pinion.advisor.Confounder;
import io.pinion.strategy.Claim;
import io.pinion.strategy.PageCacheUse;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the page cache has of the target: empties it, and fills a part of it. For one thread. */
final class TargetCache {
    private static final int PIECE = 1 << 20;
    /** More than the last level of most processors' caches, and soon read. */
    private static final long REGION = 64L << 20;
    /** Of the largest requests so many are asked for at least. */
    private static final long FEW_REQUESTS = 4;
    /** A slow disk must not eat the time up. */
    private static final long FILL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final String NOBODY =
            "Java alone can't drop cached pages; start bundle io.pinion.linux to have it done";

    private final Optional<Claim> claim;
    private final boolean writing;
    private final boolean memory;
    private final Set<String> remained = new LinkedHashSet<>();
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private final long span;
    private String unseen = "";
    private long region;
    private long filled;

    /**
     * Of the claim's target.
     *
     * @param writing whether the target is written, and may be dirty
     * @param memory whether the target is memory itself, which can't be emptied
     * @param span how much of it is asked for
     */
    TargetCache(Optional<Claim> claim, boolean writing, boolean memory, long span) {
        this.claim = claim;
        this.writing = writing;
        this.memory = memory;
        this.span = span;
        region = Math.min(span, REGION);
    }

    /** {@return why it can't be emptied; empty when it has been} */
    String empty() throws StorageException {
        if (claim.isEmpty()) {
            return NOBODY;
        }
        try {
            if (writing) {
                claim.get().flush();
            }
            claim.get().dropCache();
            return "";
        } catch (StorageException e) {
            if (e.kind() == Kind.IO_ERROR) {
                remained.add(e.detail());
                return "";
            }
            if (e.kind() == Kind.UNSUPPORTED && !memory) {
                // The kernel was told to, and does not show everybody what came of it.
                unseen = e.detail();
                return "";
            }
            if (e.kind() == Kind.UNSUPPORTED) {
                return e.detail();
            }
            throw e;
        }
    }

    /** {@return how many bytes of the target are cached; -1 where nobody can tell} */
    long cached() {
        return claim.flatMap(Claim::pageCache).map(PageCacheUse::cached).orElse(-1L);
    }

    /**
     * Fills as much of it as there is time for, less from then on if that was too little.
     *
     * @param size of the requests that it is to answer: there is room for some, however large they are
     * @param most how much else
     * @return from the start on, how much is cached
     */
    long fill(Volume volume, int size, long most) throws StorageException {
        long few = FEW_REQUESTS * size;
        long usual = Math.min((long) size * Place.LEAST_REQUESTS, Math.max(REGION, few));
        long least = Math.min(span, Math.min(usual, Math.max(most, few)));
        long wanted = Math.max(Math.min(region, most), least);
        long start = System.nanoTime();
        long at = 0;
        while (at < wanted && (at < least || System.nanoTime() - start < FILL_NANOS)) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failures.interrupted();
            }
            int count = volume.read(piece.clear().limit((int) Math.min(PIECE, wanted - at)), at);
            if (count <= 0) {
                break;
            }
            at += count;
        }
        filled += at;
        region = at < wanted ? Math.min(region, at) : region;
        return Math.max(at, least);
    }

    /** {@return how many bytes were read to fill it so far} */
    long filled() {
        return filled;
    }

    /** {@return what kept it from being emptied, or from being seen to be} */
    List<Confounder> doubts() {
        List<Confounder> doubts = new ArrayList<>();
        remained.stream()
                .limit(1)
                .map(why -> new Confounder(
                        Confounder.Kind.IN_USE,
                        "Others keep pages of the target cached, so that cold was not quite: " + why + "."))
                .forEach(doubts::add);
        if (!unseen.isEmpty()) {
            doubts.add(new Confounder(
                    Confounder.Kind.UNVERIFIED,
                    "Whether the page cache was really emptied for the cold ways can't be seen: " + unseen + "."));
        }
        return doubts;
    }
}
