package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One io_uring(7): operations are prepared in memory that the kernel shares ({@link #prepare}), handed over and waited for
 * by one system call ({@link #submit}), and delivered from that memory ({@link #reap}). Each completes once, in any order,
 * and none hurts another.
 *
 * <p><b>Threads.</b> A platform thread makes the ring. Where {@link #kind()} is owner-bound it alone calls, for life, save
 * {@link #isQuiet()}, which any thread may ask at any time, and {@link #close()}. Of the other kinds any thread may call,
 * one at a time, handed over by what makes one's writes visible to the next; that isn't checked. So may any ask for what is
 * {@link #pending()}. No call takes a lock, and
 * a thread's interrupt has no effect.
 *
 * <p><b>Memory.</b> What an operation reads or writes is the kernel's from the preparation until its completion is
 * delivered, or {@link #isQuiet()} after {@link #close()}: the caller keeps it mapped, and reachable.
 *
 * <p><b>Cost.</b> Nothing is allocated once the ring is made.
 */
public final class IoUring implements AutoCloseable {
    private final RingCalls kernel;
    private final RingKind kind;
    private final RingMemory memory;
    private final SubmissionQueue submissions;
    private final RingEntries entries;
    private final CompletionQueue completions;
    private final RegisteredFiles files;
    private final RegisteredBuffers buffers;
    private final BitSet operations;
    private final KernelRelease release;
    private final Immediacy immediacy = new Immediacy();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** How many operations the kernel may have. Written by whoever's turn it is, read by everybody. */
    private final AtomicInteger inFlight = new AtomicInteger();

    IoUring(
            RingCalls kernel,
            RingKind kind,
            RingMemory memory,
            RegisteredFiles files,
            RegisteredBuffers buffers,
            BitSet operations,
            KernelRelease release) {
        this.kernel = kernel;
        this.kind = kind;
        this.memory = memory;
        this.files = files;
        this.buffers = buffers;
        this.operations = operations;
        this.release = release;
        submissions = memory.submissions();
        entries = new RingEntries(submissions);
        completions = memory.completions();
    }

    /**
     * Makes a ring (io_uring_setup(2)) of the best kind that the kernel has. It holds two descriptors.
     *
     * @throws StorageException why there is none, with the setting to change: {@code UNSUPPORTED} (no or too old an
     *     io_uring), {@code ACCESS_DENIED} (seccomp, kernel.io_uring_disabled), {@code MEMORY_LIMIT} (RLIMIT_MEMLOCK),
     *     {@code NO_RESOURCES} (memory, descriptors)
     */
    public static IoUring open(SystemCalls calls, RingOptions options) throws StorageException {
        return new RingSetup(calls, options).make();
    }

    /** {@return what kind the kernel granted} */
    public RingKind kind() {
        return kind;
    }

    /** {@return whether the kernel has the operation, IORING_OP_… (IORING_REGISTER_PROBE)} */
    public boolean supports(int operation) {
        return operations.get(operation);
    }

    /** {@return the files that operations can give by slot} */
    public RegisteredFiles files() {
        return files;
    }

    /** {@return the memory that {@link RingEntries#readFixed} and {@link RingEntries#writeFixed} can give by slot} */
    public RegisteredBuffers buffers() {
        return buffers;
    }

    /** {@return where operations are prepared; always the same object} */
    public RingEntries prepare() {
        return entries;
    }

    /** {@return how many operations were prepared and not delivered yet} */
    public int pending() {
        return submissions.prepared() - completions.delivered();
    }

    /**
     * Hands over what is prepared, and waits, in the same system call if there is one to make.
     *
     * <p>When the kernel has no memory for more operations while others are in flight, what it did not take stays prepared
     * and goes with the next call.
     *
     * @param minimum until how many completions can be delivered, counting those that could be before; no more than what
     *     is pending or has room
     * @param timeoutNanos for how long at most; not at all when not positive
     * @return how many completions can be delivered without waiting
     * @throws StorageException when the ring is of no use any more: {@code WRONG_THREAD}, {@code NO_RESOURCES},
     *     {@code CLOSED}, or with the errno of io_uring_enter(2). What is in flight stays in flight until {@link #close}
     */
    public int submit(int minimum, long timeoutNanos) throws StorageException {
        kernel.requireOpen("submit");
        inFlight.setRelease(pending());
        submissions.publish();
        completions.giveBack();
        int wanted = timeoutNanos > 0 ? Math.max(0, Math.min(minimum, Math.min(pending(), completions.size()))) : 0;
        int ready = completions.ready();
        int missing = Math.max(0, wanted - ready);
        int count = submissions.unsubmitted();
        if ((count | missing) == 0) {
            return posted(ready);
        }
        // What is waited for alone can't be tried.
        int awaited = count > 0 ? immediacy.awaited(missing) : missing;
        long begun = awaited > 0 ? System.nanoTime() : 0;
        long result =
                awaited > 0 ? kernel.submitAndWait(count, reached(ready, awaited), timeoutNanos) : kernel.submit(count);
        submissions.refresh();
        ready = completions.ready();
        immediacy.found(missing - awaited, wanted - ready);
        boolean done = isDone(result, ready - Math.max(1, wanted), submissions.unsubmitted());
        if (done) {
            return ready;
        }
        return goOn(wanted, awaited > 0 ? timeoutNanos - (System.nanoTime() - begun) : timeoutNanos, result);
    }

    /**
     * {@return whether there was no error, as much is ready as was wanted, and nothing is left to be submitted} One condition and
     * not three, here as above: what has never been so yet a compiler leaves out, and compiles all anew when it comes, a while at
     * half the speed. This one it sees fail early, because what is tried without waiting fails it.
     */
    private static boolean isDone(long result, int more, int unsubmitted) {
        return (result | more | -unsubmitted) >= 0;
    }

    /** What one call has not brought about. */
    private int goOn(int wanted, long timeoutNanos, long first) throws StorageException {
        long begun = System.nanoTime();
        long result = first;
        while (true) {
            int ready = completions.ready();
            int count = submissions.unsubmitted();
            long left = wanted > ready ? timeoutNanos - (System.nanoTime() - begun) : 0;
            if (isOutOfMemory(result)) {
                if (ready > 0 || left <= 0) {
                    return ready;
                }
                result = kernel.submitAndWait(0, 1, left);
                continue;
            }
            requireDone("submit", result);
            if (count == 0 && left <= 0) {
                return posted(ready);
            }
            result =
                    left > 0 ? kernel.submitAndWait(count, reached(ready, wanted - ready), left) : kernel.submit(count);
            submissions.refresh();
        }
    }

    /** {@return whether the kernel has completions that it posts when it is called} */
    private boolean isHolding() {
        return submissions.hasFlag(Linux.IORING_SQ_CQ_OVERFLOW | Linux.IORING_SQ_TASKRUN);
    }

    /** {@return how many completions can be delivered} With none ready the kernel is to post what it holds back. */
    private int posted(int ready) throws StorageException {
        return ready == 0 && isHolding() ? posted("submit") : ready;
    }

    private int posted(String operation) throws StorageException {
        requireDone(operation, kernel.post());
        return completions.ready();
    }

    /** {@return how many completions the kernel may wait for, those that are ready included} */
    private int reached(int ready, int awaited) {
        return ready + Math.min(awaited, submissions.reach(completions.delivered() + ready));
    }

    /**
     * Delivers what has completed, each operation once; has the kernel post what it holds back, and does not wait. Here the
     * memory of an operation comes back to the caller.
     *
     * @return how many were delivered
     * @throws StorageException when the ring is of no use any more: {@code WRONG_THREAD}, {@code CLOSED}, or with the errno
     *     of io_uring_enter(2)
     */
    public int reap(RingCompletion completion) throws StorageException {
        kernel.requireOpen("reap");
        refuseInside("reap");
        int reaped = deliver(completion);
        while (isHolding() && posted("reap") > 0) {
            reaped += deliver(completion);
        }
        return reaped;
    }

    /**
     * Shows what has been posted and not been reaped yet, without reaping it. Any thread may call while another is in other
     * methods, as long as the ring is not closed. An operation may be shown more than once, and after it was reaped as
     * well; none is shown that has not completed. What an owner-bound ring holds back is not shown.
     */
    void show(RingCompletion observer) {
        completions.show(observer);
    }

    private int deliver(RingCompletion completion) {
        int before = completions.delivered();
        try {
            completions.deliver(completion);
        } finally {
            inFlight.setRelease(pending() - submissions.unsubmitted());
        }
        return completions.delivered() - before;
    }

    /** With operations in flight that passes as they complete; with none there is nothing to wait for. */
    private boolean isOutOfMemory(long result) {
        return (Errno.EAGAIN.is(result) || Errno.EBUSY.is(result)) && pending() > submissions.unsubmitted();
    }

    private static void requireDone(String operation, long result) throws StorageException {
        if (result < 0 && !Errno.EINTR.is(result) && !Errno.ETIME.is(result)) {
            throw RingFailure.call(operation, result);
        }
    }

    private void refuseInside(String operation) {
        if (completions.isDelivering()) {
            throw new IllegalStateException(operation + " from within a completion");
        }
    }

    /**
     * {@return whether the kernel is done with the memory of every operation of this ring} Never true too early. Any thread
     * may ask, at any time; after {@link #close} with operations in flight it asks the kernel, and is to be asked until it
     * is true: then the last descriptor is given back.
     */
    public boolean isQuiet() {
        if (inFlight.getAcquire() > 0 && closed.get() && release.isReleased()) {
            inFlight.setRelease(0);
            buffers.uncount();
        }
        return inFlight.getAcquire() == 0;
    }

    /**
     * Gives the ring back, at once; delivers nothing more. What was prepared and not submitted never happens. The kernel
     * cancels what can be cancelled, and goes on with the rest: {@link #isQuiet} tells when it is done. With nothing in
     * flight, called by the thread whose ring it is, registered files and buffers are let go of before this returns; else
     * the kernel does so soon after.
     *
     * <p>Any thread may call, as long as no other is in one of the other methods: an owner-bound ring can be closed when
     * its owner has ended, too. To close twice is harmless.
     *
     * @throws IllegalStateException from within a completion
     */
    @Override
    public void close() {
        refuseInside("close");
        if (closed.getAndSet(true)) {
            return;
        }
        boolean idle = pending() == submissions.unsubmitted();
        submissions.close();
        if (idle) {
            buffers.release();
            files.release();
            release.close();
            inFlight.setRelease(0);
        }
        memory.unmap();
        kernel.close();
    }

    @Override
    public String toString() {
        return "IoUring[" + kind + ", in flight=" + inFlight.getAcquire() + "]";
    }
}
