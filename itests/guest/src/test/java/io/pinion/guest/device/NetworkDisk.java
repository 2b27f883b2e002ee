package io.pinion.guest.device;

/** A disk that a server on this machine's loopback interface serves, and the kernel shows as a block device. */
public interface NetworkDisk extends AutoCloseable {
    /** As large as such a disk is, in bytes. */
    long SIZE = 16 << 20;

    /** {@return the device} */
    Disk disk();

    /** Kills the server. */
    void kill() throws Exception;

    /** Starts the server again, with the data that it had, and does what an operator then has to do, if anything. */
    void bringBack() throws Exception;
}
