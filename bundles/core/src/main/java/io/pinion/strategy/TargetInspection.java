package io.pinion.strategy;

import java.util.Objects;

/** What a {@link TargetGuard} sees in a target without touching it. Immutable; it will grow. */
public final class TargetInspection {
    /** The sort of thing. More will come: a reader needs a default branch. */
    public enum Kind {
        /** Nothing of that name. */
        MISSING("missing"),
        /** A regular file. */
        REGULAR_FILE("regular file"),
        /** A directory: never a target. */
        DIRECTORY("directory"),
        /** A block device. */
        BLOCK_DEVICE("block device"),
        /** A character device: a tape drive. */
        CHARACTER_DEVICE("character device"),
        /** Something else: a socket, a pipe. */
        OTHER("neither file nor device");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final Kind kind;
    private final String identity;
    private final long size;
    private final Access access;
    private final String detail;
    private final String lastingIdentity;

    private TargetInspection(
            Kind kind, String identity, long size, Access access, String detail, String lastingIdentity) {
        this.kind = Objects.requireNonNull(kind);
        this.identity = Objects.requireNonNull(identity);
        this.size = size;
        this.access = Objects.requireNonNull(access);
        this.detail = Objects.requireNonNull(detail);
        this.lastingIdentity = Objects.requireNonNull(lastingIdentity);
    }

    /**
     * {@return an inspection}
     *
     * @param identity as a claim would have it; empty when missing
     * @param size in bytes; 0 where the thing has none
     * @param access the widest access that permissions and media allow
     * @param detail a few words for the operator, such as the file system; may be empty
     */
    public static TargetInspection of(Kind kind, String identity, long size, Access access, String detail) {
        return new TargetInspection(kind, identity, size, access, detail, "");
    }

    /** {@return this inspection of a device that is known by this in whatever slot: {@link Claim#lastingIdentity()}} */
    public TargetInspection known(String lasting) {
        return new TargetInspection(kind, identity, size, access, detail, lasting);
    }

    /** {@return the sort of thing} */
    public Kind kind() {
        return kind;
    }

    /** {@return the identity; empty when missing} */
    public String identity() {
        return identity;
    }

    /** {@return the size in bytes; 0 where it has none} */
    public long size() {
        return size;
    }

    /** {@return the widest access that is allowed} */
    public Access access() {
        return access;
    }

    /** {@return a few words for the operator; may be empty} */
    public String detail() {
        return detail;
    }

    /** {@return as a claim would have it; empty when nothing of the sort is known} */
    public String lastingIdentity() {
        return lastingIdentity;
    }

    @Override
    public String toString() {
        String text = kind == Kind.MISSING ? kind.toString() : kind + ", " + size + " bytes, " + access;
        return detail.isEmpty() ? text : text + ", " + detail;
    }
}
