package io.pinion.advisor;

import java.util.Locale;

/** A way to move the same bytes. More may come: a reader needs a default branch. */
public enum Way {
    /** Through the page cache, which has none of the target's pages when a round begins. */
    BUFFERED_COLD(false, false),
    /** Through the page cache, which has all the pages that are asked for. */
    BUFFERED_WARM(false, false),
    /** Through the page cache, which keeps nothing of it ({@code RWF_DONTCACHE}, preadv2(2)). */
    BUFFERED_UNCACHED(false, false),
    /** Past the page cache, one at a time, from and to a pool's pinned buffers. */
    DIRECT_SYNCHRONOUS(true, false),
    /** The same with ordinary buffers, which are copied where they are not aligned. */
    DIRECT_SYNCHRONOUS_ORDINARY(true, false),
    /** Past the page cache, as many at once as the load has, from and to a pool's pinned buffers. */
    DIRECT_QUEUED(true, true),
    /** The same with ordinary buffers. */
    DIRECT_QUEUED_ORDINARY(true, true);

    private final boolean direct;
    private final boolean queued;

    Way(boolean direct, boolean queued) {
        this.direct = direct;
        this.queued = queued;
    }

    /** {@return whether it goes past the page cache} */
    public boolean isDirect() {
        return direct;
    }

    /** {@return whether it always goes by a queue; the buffered ways do when the load's depth is more than 1} */
    public boolean isQueued() {
        return queued;
    }

    /** {@return its name in reports, such as {@code direct queued, ordinary buffers}} */
    public String title() {
        String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.endsWith(" ordinary") ? words.replace(" ordinary", ", ordinary buffers") : words;
    }
}
