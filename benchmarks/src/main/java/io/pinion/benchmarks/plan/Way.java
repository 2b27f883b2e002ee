package io.pinion.benchmarks.plan;

import java.util.EnumSet;
import java.util.Set;

/** A way to do a workload: Pinion's, or a peer's. */
public enum Way {
    /** By a queue. */
    QUEUE("Pinion", "an IoQueue of a volume, one thread, leased buffers"),
    /** By threads. */
    VOLUME("Pinion", "read and write of a volume, leased buffers, as many threads as the depth says"),
    /** By what is below a queue. */
    RING("Pinion", "the bare ring of the kind that queues have"),
    /** By a ring that queues do not have. */
    OWNER_BOUND_RING("Pinion, owner-bound", "the bare ring of the kind that only its owner can drain"),
    /** By records of a tape. */
    TAPE("Pinion", "write and read of a TapeDrive on strategy tape-image, a leased buffer, one thread"),
    /** The plain loop. */
    C("C", "uring.c, one thread: registered file and buffers on huge pages, one call that submits and waits"),
    /** The plain loop without a ring. */
    C_SYNCHRONOUS("C, pread", "synchronous.c, one thread: pread(2) or pwrite(2), a buffer on huge pages"),
    /** The same in a process of two threads. */
    C_BESIDE_A_THREAD(
            "C, pread, two threads", "the same beside a thread that does nothing, as a virtual machine has some"),
    /** fio(1). */
    FIO("fio", "io_uring, one job: fixedbufs, registerfiles, gtod_reduce, norandommap"),
    /** dd(1). */
    DD("dd", "from /dev/zero to a file with conv=fdatasync, from a file to /dev/null; a process for each pass"),
    /** The same in the pieces that an image has. */
    DD_FRAMED("dd, framed", "the same in blocks that are 8 bytes longer, as an image has two lengths with each record"),
    /** The JDK, direct. */
    CHANNEL_DIRECT("FileChannel DIRECT", "as many threads as the depth says, aligned buffers of allocateDirect"),
    /** The same, from Pinion's buffers. */
    CHANNEL_LEASED("FileChannel DIRECT, leased", "the same, from and to buffers that Pinion leased"),
    /** The JDK, through the page cache. */
    CHANNEL_BUFFERED("FileChannel", "the page cache, as many threads as the depth says, direct buffers"),
    /** The JDK's asynchronous channel. */
    ASYNC_CHANNEL("AsynchronousFileChannel", "opened DIRECT, as many in flight and threads as the depth says");

    private static final Set<Way> PROGRAMS = EnumSet.of(C, C_SYNCHRONOUS, C_BESIDE_A_THREAD, FIO, DD, DD_FRAMED);

    private final String title;
    private final String description;

    Way(String title, String description) {
        this.title = title;
        this.description = description;
    }

    /** {@return its name in the report} */
    public String title() {
        return title;
    }

    /** {@return how it does it} */
    public String description() {
        return description;
    }

    /** {@return whether a sample of it is a virtual machine} */
    public boolean isJava() {
        return !PROGRAMS.contains(this);
    }
}
