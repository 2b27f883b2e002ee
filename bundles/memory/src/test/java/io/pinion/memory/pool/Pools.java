package io.pinion.memory.pool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The pools of a test, stopped behind it. */
final class Pools implements AfterEachCallback {
    static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final List<ArenaPool> pools = new ArrayList<>();

    ArenaPool pool(long limit, long arenaSize, Duration shrinkAfter) {
        return pool(new LibC(), limit, arenaSize, shrinkAfter);
    }

    ArenaPool pool(SystemCalls calls, long limit, long arenaSize, Duration shrinkAfter) {
        return pool(calls, () -> Long.MAX_VALUE, limit, arenaSize, shrinkAfter);
    }

    /** {@return a pool of a process that may lock so much} */
    ArenaPool pool(LongSupplier lockable, long limit, long arenaSize) {
        return pool(new LibC(), lockable, limit, arenaSize, Duration.ofHours(1));
    }

    private ArenaPool pool(SystemCalls calls, LongSupplier lockable, long limit, long arenaSize, Duration shrinkAfter) {
        PoolSettings settings = new PoolSettings(limit, arenaSize, true, shrinkAfter.toNanos(), false);
        ArenaPool pool = new ArenaPool(calls, settings, lockable);
        pools.add(pool);
        return pool;
    }

    /** {@return the real system calls, with an action before each madvise(2) that faults an arena in} */
    static SystemCalls beforeFilling(Runnable action) {
        SystemCalls real = new LibC();
        return (SystemCalls) Proxy.newProxyInstance(
                SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("madvise") && arguments[2].equals(Linux.MADV_POPULATE_WRITE)) {
                        action.run();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONG;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        pools.forEach(ArenaPool::stop);
    }
}
