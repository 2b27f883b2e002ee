package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Units;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import io.pinion.volume.VolumeAdmin;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the demo's volume is: on a file of its own, which is made for it and removed after it; or on what is there
 * already, a device or a file, which is written over from its start, no further than its end, and then left.
 *
 * @param target the volume's
 * @param own the file that is made and removed; empty for what is there already
 * @param strategies which to swap between
 * @param detail what else is known of a target that is there already, for whoever is asked; may be empty
 */
record Place(Target target, Optional<Path> own, List<String> strategies, String detail) {
    private static final Path DEVICES = Path.of("/dev");
    /** Files in memory, which are nobody's device. */
    private static final Path MEMORY = DEVICES.resolve("shm");

    /**
     * {@return the place that a target is} Changes nothing there.
     *
     * @param guard tells what a device is; without one less is known of it
     * @param wanted the strategies that were asked for; none for all that suit
     */
    static Place of(VolumeAdmin admin, Optional<TargetGuard> guard, Target target, List<String> wanted)
            throws CommandFailure, IOException {
        if (!target.scheme().equals(Target.PATH)) {
            return beneath(target, Choice.of(admin, target, wanted));
        }
        Path path = target.path();
        if (Files.isDirectory(path)) {
            throw new CommandFailure(path + " is a directory; name a file in it, or a device");
        }
        if (!Files.exists(path)) {
            return made(admin, path, wanted);
        }
        List<String> strategies = Choice.of(admin, target, wanted).strategies();
        return new Place(
                target, Optional.empty(), strategies, guard.isEmpty() ? "" : requireWritable(guard.get(), target));
    }

    /** {@return what is destroyed there, for whoever is asked} */
    String loss(long size, long written) {
        return "what is on " + target + " (" + Units.bytes(size) + (detail.isEmpty() ? "" : ", " + detail)
                + "; its first " + Units.bytes(written) + " are written over)";
    }

    /** {@return what is left there afterwards} */
    String leavings(long written) {
        return target + " is left as it is: its first " + Units.bytes(written)
                + " hold what the demo wrote, the rest was not touched";
    }

    /** {@return what the guard has to tell of it} Who else uses it is told, and decided, when it is claimed. */
    private static String requireWritable(TargetGuard guard, Target target) throws CommandFailure {
        try {
            TargetInspection seen = guard.inspect(target);
            if (!seen.access().canWrite()) {
                throw new CommandFailure(target + " can only be read, and the demo writes: it is a " + seen.kind()
                        + " (" + seen.detail() + ") that is read-only, or that this user may not write");
            }
            return seen.detail();
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    /** A strategy says only of a file that is there whether it can serve it: an empty one is made, and removed again. */
    private static Place made(VolumeAdmin admin, Path file, List<String> wanted) throws CommandFailure, IOException {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.startsWith(DEVICES) && !absolute.startsWith(MEMORY)) {
            throw new CommandFailure("there is no " + file
                    + ", and a file would be no device; 'blocks' lists the devices, and a device's name may change when"
                    + " it is plugged in again");
        }
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(file + " leads nowhere: it is a symbolic link to what is missing", e);
        } catch (IOException e) {
            throw new CommandFailure(
                    StorageException.of("create", e)
                            .target(Target.of(file))
                            .build()
                            .getMessage(),
                    e);
        }
        try {
            Target target = Target.of(file);
            return new Place(
                    target, Optional.of(file), Choice.of(admin, target, wanted).strategies(), "");
        } finally {
            Files.delete(file);
        }
    }

    private static Place beneath(Target target, Choice choice) throws CommandFailure {
        Path file = choice.examination()
                .backing()
                .orElseThrow(() ->
                        new CommandFailure("strategy " + choice.strategies().get(0) + " names no file beneath " + target
                                + ", so there is nothing that the demo could make and remove"))
                .path();
        if (Files.exists(file)) {
            throw new CommandFailure(file + " exists, and the demo would write over it; name another by --target");
        }
        return new Place(target, Optional.of(file), choice.strategies(), "");
    }
}
