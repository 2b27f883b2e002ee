package io.pinion.linux.claim;

import io.pinion.strategy.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The device that a symbolic name leads to: {@code /dev/disk/by-id/…} to {@code /dev/sda}. */
final class RealName {
    private RealName() {}

    /** {@return what was opened by the target's name, if that is another name} Exact: it is the descriptor's own. */
    static Optional<Path> of(Descriptor opened, Target target) {
        return KernelText.link(opened.path()).filter(real -> isOther(real, target));
    }

    /** {@return the same as sentences for an operator} */
    static List<String> notes(Descriptor opened, Target target) {
        return of(opened, target).map(real -> target + " -> " + real + ", since it was claimed.").stream()
                .toList();
    }

    /** {@return where the target's name leads now, if that is another name} */
    static Optional<Path> of(Target target) {
        try {
            Path real = target.path().toRealPath();
            return Optional.of(real).filter(r -> isOther(r, target));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A claimed target has no name any more that could lead elsewhere. */
    private static boolean isOther(Path real, Target target) {
        return target.claim().isEmpty()
                && !target.path().toAbsolutePath().normalize().equals(real);
    }
}
