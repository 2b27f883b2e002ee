package io.pinion.volume;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A block device, as the kernel described it at one moment (Documentation/ABI/stable/sysfs-block). Sizes are in bytes, and 0 where
 * the kernel tells none; a partition has the figures of the device that it is part of. Immutable; it will grow.
 */
public final class BlockDevice {
    private final String name;
    private final String number;
    private final Path node;
    private final List<Path> links;
    private final Optional<String> whole;
    private final String backing;
    private final long size;
    private final BlockLimits limits;
    private final boolean readOnly;
    private final boolean removable;
    private final String model;
    private final String serial;
    private final String wwid;
    private final List<DeviceUser> users;
    private final boolean hidingUsers;
    private final Optional<String> refusal;

    private BlockDevice(Builder b) {
        name = b.name;
        number = b.number;
        node = b.node;
        links = List.copyOf(b.links);
        whole = b.whole;
        backing = b.backing;
        size = b.size;
        limits = b.limits;
        readOnly = b.readOnly;
        removable = b.removable;
        model = b.model;
        serial = b.serial;
        wwid = b.wwid;
        users = List.copyOf(b.users);
        hidingUsers = b.hidingUsers;
        refusal = b.refusal;
    }

    /**
     * {@return a builder of a device of which nothing else is known}
     *
     * @param name see {@link #name()}
     * @param number see {@link #number()}
     * @param node see {@link #node()}
     */
    public static Builder builder(String name, String number, Path node) {
        return new Builder(name, number, node);
    }

    /** {@return the kernel's name, such as {@code sda1}: another one after the next start, perhaps} */
    public String name() {
        return name;
    }

    /** {@return {@code MAJOR:MINOR}} */
    public String number() {
        return number;
    }

    /** {@return the identity of a volume's claim on it: {@link VolumeStatus#identity()}} */
    public String identity() {
        return "blk:" + number;
    }

    /** {@return its node, such as {@code /dev/sda1}} */
    public Path node() {
        return node;
    }

    /** {@return the links that lead to it, those first that stay the same after a start and in another port} */
    public List<Path> links() {
        return links;
    }

    /** {@return the kernel's name of the device that it is a partition of; empty for others} */
    public Optional<String> whole() {
        return whole;
    }

    /** {@return what lies beneath, as the kernel names it: a loop device's file, a mapping's name; empty for others} */
    public String backing() {
        return backing;
    }

    /** {@return the size; 0 of a drive without a medium, a loop device without a file} */
    public long size() {
        return size;
    }

    /** {@return what it asks of transfers and can do} */
    public BlockLimits limits() {
        return limits;
    }

    /** {@return whether it is set read-only} */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** {@return whether its medium can be taken out} */
    public boolean isRemovable() {
        return removable;
    }

    /** {@return maker and model; empty where the kernel tells none} */
    public String model() {
        return model;
    }

    /** {@return the serial number; empty where the kernel tells none, or not this process} */
    public String serial() {
        return serial;
    }

    /** {@return the world-wide identifier, such as {@code naa.5000c500a1b2c3d4}; empty where the kernel tells none} */
    public String wwid() {
        return wwid;
    }

    /** {@return who uses it, its partitions, and what was made of it, as far as this process sees} */
    public List<DeviceUser> users() {
        return users;
    }

    /** {@return whether processes may have it open that this one is not permitted to look into} */
    public boolean isHidingUsers() {
        return hidingUsers;
    }

    /**
     * {@return why a volume that is to write would be refused it; empty when nothing is seen that speaks against it} The kernel
     * has the last word when it is claimed: there may be users that nobody sees from here.
     */
    public Optional<String> refusal() {
        return refusal;
    }

    @Override
    public String toString() {
        return node + " (" + number + "), " + size + " bytes";
    }

    /** Collects the values of a {@link BlockDevice}. Not for use by several threads. */
    public static final class Builder {
        private final String name;
        private final String number;
        private final Path node;
        private List<Path> links = List.of();
        private Optional<String> whole = Optional.empty();
        private String backing = "";
        private long size;
        private BlockLimits limits = BlockLimits.builder().build();
        private boolean readOnly;
        private boolean removable;
        private String model = "";
        private String serial = "";
        private String wwid = "";
        private List<DeviceUser> users = List.of();
        private boolean hidingUsers;
        private Optional<String> refusal = Optional.empty();

        private Builder(String name, String number, Path node) {
            this.name = Objects.requireNonNull(name);
            this.number = Objects.requireNonNull(number);
            this.node = Objects.requireNonNull(node);
        }

        /** See {@link BlockDevice#links()}. */
        public Builder links(List<Path> best) {
            links = Objects.requireNonNull(best);
            return this;
        }

        /** See {@link BlockDevice#whole()}. */
        public Builder partitionOf(String device) {
            whole = Optional.of(device);
            return this;
        }

        /** See {@link BlockDevice#backing()}. */
        public Builder backing(String beneath) {
            backing = Objects.requireNonNull(beneath);
            return this;
        }

        /** See {@link BlockDevice#size()}. */
        public Builder size(long bytes) {
            size = bytes;
            return this;
        }

        /** See {@link BlockDevice#limits()}. */
        public Builder limits(BlockLimits told) {
            limits = Objects.requireNonNull(told);
            return this;
        }

        /** See {@link BlockDevice#isReadOnly()}. */
        public Builder readOnly(boolean is) {
            readOnly = is;
            return this;
        }

        /** See {@link BlockDevice#isRemovable()}. */
        public Builder removable(boolean is) {
            removable = is;
            return this;
        }

        /** See {@link BlockDevice#model()}, {@link BlockDevice#serial()} and {@link BlockDevice#wwid()}. */
        public Builder hardware(String maker, String number, String worldWide) {
            model = Objects.requireNonNull(maker);
            serial = Objects.requireNonNull(number);
            wwid = Objects.requireNonNull(worldWide);
            return this;
        }

        /** See {@link BlockDevice#users()} and {@link BlockDevice#isHidingUsers()}. */
        public Builder users(List<DeviceUser> seen, boolean areOthersHidden) {
            users = Objects.requireNonNull(seen);
            hidingUsers = areOthersHidden;
            return this;
        }

        /** See {@link BlockDevice#refusal()}. */
        public Builder refusal(String reason) {
            refusal = Optional.of(reason);
            return this;
        }

        /** {@return the device; the builder may go on} */
        public BlockDevice build() {
            return new BlockDevice(this);
        }
    }
}
