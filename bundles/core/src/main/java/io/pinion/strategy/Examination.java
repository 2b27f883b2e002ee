package io.pinion.strategy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a strategy found out about a target: it can serve it, with this identity, geometry and these capabilities, or it
 * cannot, and why. Immutable; it will grow.
 */
public final class Examination {
    private final boolean suitable;
    private final String identity;
    private final Geometry geometry;
    private final Set<Capability> capabilities;
    private final Access access;
    private final List<String> notes;
    private final Target backing;

    private Examination(
            boolean suitable,
            String identity,
            Geometry geometry,
            Set<Capability> capabilities,
            Access access,
            List<String> notes,
            Target backing) {
        this.suitable = suitable;
        this.identity = identity;
        this.geometry = geometry;
        this.capabilities = capabilities;
        this.access = access;
        this.notes = notes;
        this.backing = backing;
    }

    /**
     * {@return a finding that the strategy cannot serve the target}
     *
     * @param reason a sentence for the operator: the values, the violated relation and the remedy
     */
    public static Examination unsuitable(String reason) {
        Geometry none = Geometry.builder().build();
        return new Examination(
                false, "", none, Set.of(), Access.READ_ONLY, List.of(Objects.requireNonNull(reason)), null);
    }

    /**
     * Starts a finding that the strategy can serve the target, which is what it is by its name or its claim: right for
     * every strategy that opens {@link Target#path()}, and for most others.
     */
    public static Builder suitable(Target target, Geometry geometry) {
        return suitable(target.claim().map(Claim::identity).orElse(target.scheme() + ":" + target.rest()), geometry);
    }

    /**
     * Starts a finding that the strategy can serve the target.
     *
     * @param identity an opaque string that is equal for the same bytes, as applications see them, by whatever name; core
     *     compares it between the strategies of a volume
     */
    public static Builder suitable(String identity, Geometry geometry) {
        return new Builder(identity, geometry);
    }

    /** {@return whether the strategy can serve the target} */
    public boolean isSuitable() {
        return suitable;
    }

    /** {@return the target's identity; empty when unsuitable} */
    public String identity() {
        return identity;
    }

    /** {@return how the target wants to be used; a plain one when unsuitable} */
    public Geometry geometry() {
        return geometry;
    }

    /** {@return what the channel will be able to do} */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** {@return the widest access that the target allows} */
    public Access access() {
        return access;
    }

    /** {@return the file or device that holds the bytes of a target with a scheme of its own} */
    public Optional<Target> backing() {
        return Optional.ofNullable(backing);
    }

    /** {@return sentences for the operator: why not, or with what restrictions and doubts} */
    public List<String> notes() {
        return notes;
    }

    @Override
    public String toString() {
        return suitable ? "suitable " + identity + " " + geometry + " " + capabilities : "unsuitable " + notes;
    }

    /** Collects the values of a suitable {@link Examination}. Not for use by several threads. */
    public static final class Builder {
        private final String identity;
        private final Geometry geometry;
        private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        private final List<String> notes = new ArrayList<>();
        private Access access = Access.READ_WRITE;
        private Target backing;

        private Builder(String identity, Geometry geometry) {
            this.identity = Objects.requireNonNull(identity);
            this.geometry = Objects.requireNonNull(geometry);
        }

        /** Adds capabilities. */
        public Builder capability(Capability... added) {
            capabilities.addAll(List.of(added));
            return this;
        }

        /** Restricts the access; read-write without a call. */
        public Builder access(Access widest) {
            access = Objects.requireNonNull(widest);
            return this;
        }

        /**
         * Names the file or device that holds the bytes of a target with a scheme of its own; need not exist. Core claims
         * it, so that nobody else writes it, before it opens the channel, whose target then leads to it by
         * {@link Target#path()}. When it is created for the volume, it is created empty. Without one nothing is claimed: two
         * volumes of this process do not share the target, other processes are the driver's to think of.
         */
        public Builder backing(Target beneath) {
            backing = Objects.requireNonNull(beneath);
            return this;
        }

        /** Adds a sentence for the operator. */
        public Builder note(String sentence) {
            notes.add(Objects.requireNonNull(sentence));
            return this;
        }

        /** {@return the finding} */
        public Examination build() {
            if (capabilities.contains(Capability.ATOMIC_WRITES) && geometry.atomicWriteMaximum() == 0) {
                throw new IllegalArgumentException(
                        "ATOMIC_WRITES without limits: set them by Geometry.Builder.atomicWrites");
            }
            Set<Capability> all = EnumSet.noneOf(Capability.class);
            all.addAll(capabilities);
            return new Examination(
                    true, identity, geometry, Collections.unmodifiableSet(all), access, List.copyOf(notes), backing);
        }
    }
}
