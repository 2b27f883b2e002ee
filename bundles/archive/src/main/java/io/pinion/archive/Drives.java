package io.pinion.archive;

import io.pinion.memory.BufferPool;
import io.pinion.shell.text.CommandFailure;
import io.pinion.strategy.Shape;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The drives that there are, by name, and which command has one now. Any thread. */
@Component(service = Drives.class)
public final class Drives {
    private final List<TapeDrive> present = new CopyOnWriteArrayList<>();
    private final AtomicReference<VolumeAdmin> admin = new AtomicReference<>();
    private final AtomicReference<BufferPool> pool = new AtomicReference<>();
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDrive(TapeDrive arrived) {
        present.add(arrived);
    }

    void unbindDrive(TapeDrive left) {
        present.remove(left);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAdmin(VolumeAdmin arrived) {
        admin.set(arrived);
    }

    void unbindAdmin(VolumeAdmin left) {
        admin.compareAndSet(left, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPool(BufferPool arrived) {
        pool.set(arrived);
    }

    void unbindPool(BufferPool left) {
        pool.compareAndSet(left, null);
    }

    /** {@return where records are kept in memory; empty when each transfer has to make its own} */
    Optional<BufferPool> pool() {
        return Optional.ofNullable(pool.get());
    }

    /** {@return the drive of this name} */
    TapeDrive find(String name) throws CommandFailure {
        for (TapeDrive drive : present) {
            if (drive.name().equals(name)) {
                return drive;
            }
        }
        throw new CommandFailure(absence(name));
    }

    /** {@return what core says of a drive; empty without core, or when it has just gone} */
    Optional<VolumeStatus> status(String name) {
        return Optional.ofNullable(admin.get()).flatMap(known -> known.volume(name));
    }

    List<String> names() {
        return present.stream().map(TapeDrive::name).sorted().toList();
    }

    /**
     * Takes a drive for a command that does more than one operation: another's in between would move the tape away.
     *
     * @param what the command is doing, for those that it keeps out
     */
    Use take(TapeDrive drive, String what) throws CommandFailure {
        String other = taken.putIfAbsent(drive.name(), what);
        if (other != null) {
            throw new CommandFailure("drive " + drive.name() + " is in use by another command: " + other);
        }
        return () -> taken.remove(drive.name());
    }

    /** A drive that a command has for itself, among commands, until this is closed. */
    interface Use extends AutoCloseable {
        @Override
        void close();
    }

    private String absence(String name) {
        Optional<VolumeStatus> known = status(name);
        if (known.filter(status -> status.shape() == Shape.POSITIONAL).isPresent()) {
            return name + " is a volume, and no tape drive";
        }
        if (known.isPresent()) {
            String reason = known.get().reason();
            return "drive " + name + " can't be used: it is " + known.get().state()
                    + (reason.isEmpty() ? "" : ", " + reason) + "; 'why " + name + "' says more";
        }
        return "there is no drive " + name + "; "
                + (present.isEmpty()
                        ? "a file etc/io.pinion.tape-" + name + ".cfg makes one"
                        : "there are: " + String.join(", ", names()));
    }
}
