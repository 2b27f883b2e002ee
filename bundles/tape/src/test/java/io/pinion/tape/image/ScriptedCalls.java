package io.pinion.tape.image;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The real system calls, of which the next few fail as a test wants, and all of which are counted. */
final class ScriptedCalls {
    private record Answer(AtomicInteger times, int result, Effect effect) {}

    /** What a call has done before it fails. */
    interface Effect {
        void have() throws IOException;
    }

    private final SystemCalls real = new LibC();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> made = new ConcurrentHashMap<>();

    final SystemCalls calls = (SystemCalls) Proxy.newProxyInstance(
            SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (p, method, arguments) -> {
                made.computeIfAbsent(method.getName(), n -> new AtomicInteger()).incrementAndGet();
                Answer answer = answers.get(method.getName());
                if (answer != null && answer.times.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    answer.effect.have();
                    return method.getReturnType() == int.class ? (Object) answer.result : (Object) (long) answer.result;
                }
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    /** Fails the next so many calls of that name. */
    void fail(String name, int times, Errno errno) {
        answers.put(name, new Answer(new AtomicInteger(times), errno.result(), () -> {}));
    }

    /** Fails the next call of that name, which has had an effect. */
    void fail(String name, Errno errno, Effect effect) {
        answers.put(name, new Answer(new AtomicInteger(1), errno.result(), effect));
    }

    /** Has the next call of that name do nothing, and say 0. */
    void doNothing(String name) {
        answers.put(name, new Answer(new AtomicInteger(1), 0, () -> {}));
    }

    /** {@return how many calls of that name there were since it was asked last} */
    int made(String name) {
        AtomicInteger count = made.remove(name);
        return count == null ? 0 : count.get();
    }
}
