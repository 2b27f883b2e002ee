package io.pinion.strategy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a volume stores its bytes on: a scheme and a rest, written {@code scheme:rest}; without a scheme it is
 * {@code path}. A scheme has at least two characters, so that no drive letter is taken for one.
 *
 * <p>A target that core hands to a strategy carries the volume's {@link Claim}, if the volume has one already;
 * {@link #path()} then leads to the claimed object whatever has happened to the name since. Two targets are equal when
 * scheme and rest are; the claim takes no part. Immutable.
 */
public final class Target {
    /** The scheme of files and devices of the operating system. */
    public static final String PATH = "path";

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+");
    private static final Pattern FORM = Pattern.compile("(" + SCHEME + "):(.*)", Pattern.DOTALL);

    private final String scheme;
    private final String rest;
    private final Claim claim;

    private Target(String scheme, String rest, Claim claim) {
        this.scheme = scheme;
        this.rest = rest;
        this.claim = claim;
    }

    /**
     * {@return the target that the text names}
     *
     * @throws IllegalArgumentException when the text is blank, or is a path that the file system cannot spell
     */
    public static Target parse(String text) {
        Matcher form = FORM.matcher(text);
        String scheme = form.matches() ? form.group(1) : PATH;
        String rest = form.matches() ? form.group(2) : text;
        if (rest.isBlank()) {
            throw new IllegalArgumentException("target='" + text + "' is empty; allowed: a path, or scheme:rest");
        }
        if (scheme.equals(PATH)) {
            try {
                Path.of(rest);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("target='" + text + "' is no path: " + e.getReason(), e);
            }
        }
        return new Target(scheme, rest, null);
    }

    /** {@return whether a target can have this scheme: two characters or more, a-z first, then a-z 0-9 + . -} */
    public static boolean isScheme(String text) {
        return SCHEME.matcher(text).matches();
    }

    /** {@return the target of a file or device} */
    public static Target of(Path path) {
        return new Target(PATH, path.toString(), null);
    }

    /** {@return this target as the claim's volume opens it} */
    public Target claimedBy(Claim newClaim) {
        return new Target(scheme, rest, Objects.requireNonNull(newClaim));
    }

    /** {@return the scheme, {@code path} when the text named none} */
    public String scheme() {
        return scheme;
    }

    /** {@return what follows the scheme, as written} */
    public String rest() {
        return rest;
    }

    /** {@return the volume's claim; empty while nobody has claimed the target, and for a scheme with nothing beneath that could be} */
    public Optional<Claim> claim() {
        return Optional.ofNullable(claim);
    }

    /**
     * {@return what to open: the claim's own path where there is one (on Linux {@code /proc/self/fd/N}, the same inode
     * by construction, also after a rename), else the path as written}
     *
     * @throws IllegalStateException when the scheme is not {@code path} and there is no claim
     */
    public Path path() {
        if (claim != null) {
            return claim.path();
        }
        if (!scheme.equals(PATH)) {
            throw new IllegalStateException("target=" + this + " has no path: its scheme is " + scheme);
        }
        return Path.of(rest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target that && scheme.equals(that.scheme) && rest.equals(that.rest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scheme, rest);
    }

    /** {@return the target as a user would write it} */
    @Override
    public String toString() {
        return scheme.equals(PATH) && !FORM.matcher(rest).matches() ? rest : scheme + ":" + rest;
    }
}
