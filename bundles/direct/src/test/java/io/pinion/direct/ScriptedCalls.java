package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The real system calls, some of which answer what a test wants. */
final class ScriptedCalls {
    /** Stands in for a call, and may make it. */
    @FunctionalInterface
    interface Answer {
        /** {@return what the call returns} */
        Object give(Object[] arguments, Call real) throws Throwable;
    }

    /** The real call. */
    @FunctionalInterface
    interface Call {
        Object make(Object[] arguments) throws Throwable;
    }

    private record Script(AtomicInteger times, Answer answer) {}

    private final SystemCalls real = new LibC();
    private final Map<String, List<Script>> scripts = new ConcurrentHashMap<>();
    private final SystemCalls calls = (SystemCalls) Proxy.newProxyInstance(
            SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (p, m, a) -> invoke(m, a));

    SystemCalls calls() {
        return calls;
    }

    SystemCalls real() {
        return real;
    }

    /** Fails the next so many calls of that name. */
    ScriptedCalls fail(String name, int times, Errno errno) {
        return answer(name, times, (a, r) -> errno.result());
    }

    /** Replaces the next so many calls of that name. */
    ScriptedCalls answer(String name, int times, Answer answer) {
        scripts.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>())
                .add(new Script(new AtomicInteger(times), answer));
        return this;
    }

    /** Replaces the next call of that name, before anything that was wanted earlier. */
    ScriptedCalls answerFirst(String name, Answer answer) {
        scripts.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>())
                .add(0, new Script(new AtomicInteger(1), answer));
        return this;
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        for (Script script : scripts.getOrDefault(method.getName(), List.of())) {
            if (script.times.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                return typed(method, script.answer.give(arguments, a -> make(method, a)));
            }
        }
        return make(method, arguments);
    }

    private Object make(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object typed(Method method, Object result) {
        if (!(result instanceof Number number)) {
            return result;
        }
        return method.getReturnType() == int.class ? (Object) number.intValue() : (Object) number.longValue();
    }
}
