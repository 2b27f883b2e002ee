package io.pinion.volume;

import java.util.Objects;

/** Somebody who uses a block device, or one that shares bytes with it, as it was at one moment. Immutable; it will grow. */
public final class DeviceUser {
    /** In what way. More will come: a reader needs a default branch. */
    public enum Kind {
        /** A file system on it is mounted. */
        MOUNT,
        /** The kernel swaps to it. */
        SWAP,
        /** The device mapper, RAID or the like made another device of it. */
        MAPPING,
        /** It is the file behind a loop device. */
        LOOP,
        /** A process has locked all of it, as a volume of Pinion does. */
        CLAIM,
        /** A process has it open. */
        PROCESS
    }

    private final Kind kind;
    private final String device;
    private final String way;

    private DeviceUser(Kind kind, String device, String way) {
        this.kind = Objects.requireNonNull(kind);
        this.device = Objects.requireNonNull(device);
        this.way = Objects.requireNonNull(way);
    }

    /**
     * {@return a user}
     *
     * @param device the kernel's name of the device that is used: the device itself, a partition, what was made of it
     * @param way the words that follow "is": {@code mounted at /boot}, {@code open by process 77 (dd), for writing}
     */
    public static DeviceUser of(Kind kind, String device, String way) {
        return new DeviceUser(kind, device, way);
    }

    /** {@return in what way} */
    public Kind kind() {
        return kind;
    }

    /** {@return the kernel's name of the device that is used} */
    public String device() {
        return device;
    }

    /** {@return the words that follow "is": {@code mounted at /boot}} */
    public String way() {
        return way;
    }

    /**
     * {@return whether a volume that is to write is refused because of this} Not because a process has the device open, or a loop
     * device lies on it, as long as that is not used itself.
     */
    public boolean excludes() {
        return kind != Kind.PROCESS && kind != Kind.LOOP;
    }

    /** {@return a clause: {@code sda1 is mounted at /boot}} */
    @Override
    public String toString() {
        return device + " is " + way;
    }
}
