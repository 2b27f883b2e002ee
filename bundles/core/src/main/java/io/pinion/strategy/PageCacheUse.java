package io.pinion.strategy;

/**
 * What the page cache has of a target at one moment, in bytes: the kernel's own count, cachestat(2). Immutable; it will grow.
 */
public final class PageCacheUse {
    private final long cached;
    private final long dirty;
    private final long evicted;

    private PageCacheUse(long cached, long dirty, long evicted) {
        this.cached = cached;
        this.dirty = dirty;
        this.evicted = evicted;
    }

    /**
     * {@return such a count}
     *
     * @param cached bytes in the page cache
     * @param dirty of them, written by somebody and not on the device yet, those that are on their way there included
     * @param evicted bytes that were in it and had to go, as far as the kernel remembers; those asked to go are not among them
     */
    public static PageCacheUse of(long cached, long dirty, long evicted) {
        return new PageCacheUse(cached, dirty, evicted);
    }

    /** {@return how many bytes are in the page cache} */
    public long cached() {
        return cached;
    }

    /** {@return how many of them are not on the device yet} */
    public long dirty() {
        return dirty;
    }

    /** {@return how many bytes were in it and had to go, as far as the kernel remembers} */
    public long evicted() {
        return evicted;
    }

    @Override
    public String toString() {
        return "cached=" + cached + ", dirty=" + dirty + ", evicted=" + evicted;
    }
}
