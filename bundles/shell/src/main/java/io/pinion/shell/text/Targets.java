package io.pinion.shell.text;

import io.pinion.strategy.Target;
import java.nio.file.Path;

/** Targets as they are typed. */
public final class Targets {
    private Targets() {}

    /** {@return the target} A path counts from the directory of whoever typed it, who need not have started this process. */
    public static Target typed(Path directory, String text) throws CommandFailure {
        try {
            Target target = Target.parse(text);
            return target.scheme().equals(Target.PATH) ? Target.of(directory.resolve(target.path())) : target;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
