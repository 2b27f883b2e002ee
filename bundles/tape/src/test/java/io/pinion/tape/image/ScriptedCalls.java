package io.pinion.tape.image;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The real system calls, of which the next few fail as a test wants, and all of which are counted. */
final class ScriptedCalls {
    private record Failure(AtomicInteger times, Errno errno) {}

    private final SystemCalls real = new LibC();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> made = new ConcurrentHashMap<>();

    final SystemCalls calls = (SystemCalls) Proxy.newProxyInstance(
            SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (p, method, arguments) -> {
                made.computeIfAbsent(method.getName(), n -> new AtomicInteger()).incrementAndGet();
                Failure failure = failures.get(method.getName());
                if (failure != null && failure.times.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    return method.getReturnType() == int.class
                            ? (Object) failure.errno.result()
                            : (Object) (long) failure.errno.result();
                }
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    /** Fails the next so many calls of that name. */
    void fail(String name, int times, Errno errno) {
        failures.put(name, new Failure(new AtomicInteger(times), errno));
    }

    /** {@return how many calls of that name there were since it was asked last} */
    int made(String name) {
        AtomicInteger count = made.remove(name);
        return count == null ? 0 : count.get();
    }
}
