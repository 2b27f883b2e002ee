package io.pinion.linux.uring;

/**
 * What a ring is to have. Immutable. The defaults: twice as many completions as entries, one registered file, no
 * registered buffers, the cheapest kind.
 */
public final class RingOptions {
    private static final int MOST_ENTRIES = 32768;
    private static final int MOST_FILES = 32768;
    private static final int MOST_BUFFERS = 16384;

    private final int entries;
    private final int completions;
    private final int files;
    private final int buffers;
    private final boolean shared;

    private RingOptions(int entries, int completions, int files, int buffers, boolean shared) {
        this.entries = within("entries", entries, 1, MOST_ENTRIES);
        this.completions = within("completions", completions, entries, 2 * MOST_ENTRIES);
        this.files = within("files", files, 0, MOST_FILES);
        this.buffers = within("buffers", buffers, 0, MOST_BUFFERS);
        this.shared = shared;
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + "; allowed: " + least + " to " + most);
        }
        return value;
    }

    /**
     * {@return options for a ring of so many entries}
     *
     * @param entries how many operations can be prepared between two submits, 1 to 32768; the kernel rounds up to a power
     *     of two
     */
    public static RingOptions entries(int entries) {
        return new RingOptions(entries, Math.min(2 * entries, 2 * MOST_ENTRIES), 1, 0, false);
    }

    /**
     * {@return these, with room for so many completions} The kernel keeps what finds none, at a price, and posts it when
     * there is: nothing is lost.
     *
     * @param count from the number of entries to 65536; the kernel rounds up to a power of two
     */
    public RingOptions completions(int count) {
        return new RingOptions(entries, count, files, buffers, shared);
    }

    /** {@return these, with so many places for registered files, 0 to 32768; RLIMIT_NOFILE may allow less} */
    public RingOptions files(int count) {
        return new RingOptions(entries, completions, count, buffers, shared);
    }

    /** {@return these, with so many places for registered buffers, 0 to 16384} */
    public RingOptions buffers(int count) {
        return new RingOptions(entries, completions, files, count, shared);
    }

    /** {@return these, for a ring that another thread than its maker may drain: never {@link RingKind#OWNER_BOUND}} */
    public RingOptions shared() {
        return new RingOptions(entries, completions, files, buffers, true);
    }

    int entries() {
        return entries;
    }

    int completions() {
        return completions;
    }

    int files() {
        return files;
    }

    int buffers() {
        return buffers;
    }

    boolean isShared() {
        return shared;
    }
}
