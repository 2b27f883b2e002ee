package io.pinion.advisor;

/**
 * Something about this machine that makes the figures mean less, or something else, than they seem to.
 *
 * @param kind what sort of thing
 * @param text a sentence, with the values
 */
public record Confounder(Kind kind, String text) {
    /** What there may be. More will come: a reader needs a default branch. */
    public enum Kind {
        /** The working set fits the page cache. */
        FITS_CACHE,
        /** The target is memory: tmpfs, ramfs, a RAM disk. */
        IN_MEMORY,
        /** A virtual machine, whose host may cache what is direct here. */
        HOST_CACHE,
        /** A control group limits memory or I/O. */
        CGROUP_LIMIT,
        /** The disk is limited to a rate: all ways come out the same. */
        RATE_LIMITED,
        /** Figures differ too much from round to round. */
        NOISE,
        /** A way could not be measured here, and why. */
        MISSING_WAY,
        /** Others use the target meanwhile. */
        IN_USE,
        /** Something that figures rest on could not be checked. */
        UNVERIFIED
    }
}
