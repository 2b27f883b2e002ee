package io.pinion.tck;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Something that goes wrong in a call of a {@link FaultyStrategy} or {@link FaultyGuard}: every time, until it is removed,
 * unless {@link #times} or {@link #after} say otherwise. It is injected once; then any thread may ask for its hits and
 * release it.
 */
public final class Fault {
    /** What sort of thing goes wrong. */
    enum Effect {
        FAIL,
        FAIL_PARTLY,
        THROW,
        HANG,
        DELAY,
        LIE,
        REPEAT
    }

    private final Effect effect;
    private final Kind kind;
    private final long value;
    private final RuntimeException thrown;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int errno;
    private volatile int times = Integer.MAX_VALUE;
    private volatile int after;

    private Fault(Effect effect, Kind kind, long value, RuntimeException thrown) {
        this.effect = effect;
        this.kind = kind;
        this.value = value;
        this.thrown = thrown;
    }

    /** {@return a fault that fails the call before it has done anything} */
    public static Fault fails(Kind kind) {
        return new Fault(Effect.FAIL, kind, 0, null);
    }

    /** {@return a fault that does so many bytes of a transfer, and then fails and says so} */
    public static Fault failsAfterBytes(int bytes, Kind kind) {
        return new Fault(Effect.FAIL_PARTLY, kind, bytes, null);
    }

    /** {@return a flush that fails as a failed write-back does: FLUSH_FAILED with EIO (5)} */
    public static Fault failsWriteBack() {
        return fails(Kind.FLUSH_FAILED).errno(5);
    }

    /** {@return a fault that throws what no driver may throw} */
    public static Fault throwing(RuntimeException thrown) {
        return new Fault(Effect.THROW, Kind.STRATEGY_FAULT, 0, thrown);
    }

    /** {@return a fault that holds the call up until {@link #release()}, interrupts or not; then the call goes on} */
    public static Fault hangs() {
        return new Fault(Effect.HANG, Kind.STRATEGY_FAULT, 0, null);
    }

    /** {@return a fault that holds the call up for a while, interrupts or not} */
    public static Fault delays(Duration duration) {
        return new Fault(Effect.DELAY, Kind.STRATEGY_FAULT, duration.toNanos(), null);
    }

    /** {@return a fault that does the transfer, and says something else of how much was done} */
    public static Fault returning(int transferred) {
        return new Fault(Effect.LIE, Kind.STRATEGY_FAULT, transferred, null);
    }

    /** {@return a fault that delivers a completion twice; for {@link Call#COMPLETE} alone} */
    public static Fault completesTwice() {
        return new Fault(Effect.REPEAT, Kind.STRATEGY_FAULT, 0, null);
    }

    /** {@return this fault, failing with this errno(3)} */
    public Fault errno(int number) {
        errno = number;
        return this;
    }

    /** {@return this fault, striking so many times at most} */
    public Fault times(int most) {
        times = most;
        return this;
    }

    /** {@return this fault, sparing the first so many calls} */
    public Fault after(int spared) {
        after = spared;
        return this;
    }

    /** {@return how often it has struck} */
    public int hits() {
        return hits.get();
    }

    /** Waits until it has struck. */
    public void awaitHit() {
        Await.until("the fault to strike", () -> hits() > 0);
    }

    /** Lets calls that it holds up go on, now and later. */
    public void release() {
        released.countDown();
    }

    /** {@return whether this call is struck; counts it} */
    boolean strikes() {
        int call = calls.incrementAndGet();
        if (call <= after || call - after > times) {
            return false;
        }
        hits.incrementAndGet();
        return true;
    }

    Effect effect() {
        return effect;
    }

    int value() {
        return (int) value;
    }

    boolean isReleased() {
        return released.getCount() == 0;
    }

    StorageException failure(String operation, long offset, long length, long transferred) {
        return StorageException.of(kind, operation, "injected")
                .range(offset, length)
                .transferred(transferred)
                .errno(errno)
                .build();
    }

    /** What happens before the call itself. */
    void before(String operation, long offset, long length) throws StorageException {
        switch (effect) {
            case FAIL -> throw failure(operation, offset, length, 0);
            case THROW -> throw thrown;
            case HANG -> hang();
            case DELAY -> delay();
            default -> {
                // The others change what the call does.
            }
        }
    }

    private void hang() {
        boolean interrupted = false;
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void delay() {
        boolean interrupted = false;
        long end = System.nanoTime() + value;
        for (long left = value; left > 0; left = end - System.nanoTime()) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
