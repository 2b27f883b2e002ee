package io.pinion.linux;

import io.pinion.linux.libc.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The real system calls, some of which answer what a test wants, and all of which are counted. */
public final class ScriptedCalls {
    /** Stands in for a call. */
    @FunctionalInterface
    public interface Answer {
        /** {@return what the call returns} */
        long give(Object[] arguments) throws Throwable;
    }

    private record Script(Predicate<Object[]> when, AtomicInteger times, Answer answer) {}

    private final SystemCalls real = new LibC();
    private final Map<String, List<Script>> scripts = new ConcurrentHashMap<>();
    private final List<String> made = new CopyOnWriteArrayList<>();
    private final SystemCalls calls = (SystemCalls) Proxy.newProxyInstance(
            SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (p, m, a) -> invoke(m, a));

    /** {@return what to give to the code under test} */
    public SystemCalls calls() {
        return calls;
    }

    /** {@return the unscripted calls} */
    public SystemCalls real() {
        return real;
    }

    /** {@return the names of the calls that were made, in order} */
    public List<String> made() {
        return made;
    }

    /** Fails every call of that name from now on. */
    public ScriptedCalls fail(String name, Errno errno) {
        return answer(name, Integer.MAX_VALUE, a -> true, a -> errno.result());
    }

    /** Fails the next so many calls of that name whose arguments fit. */
    public ScriptedCalls fail(String name, int times, Predicate<Object[]> when, Errno errno) {
        return answer(name, times, when, a -> errno.result());
    }

    /** Replaces the next so many calls of that name whose arguments fit. */
    public ScriptedCalls answer(String name, int times, Predicate<Object[]> when, Answer answer) {
        scripts.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>())
                .add(new Script(when, new AtomicInteger(times), answer));
        return this;
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        made.add(method.getName());
        for (Script script : scripts.getOrDefault(method.getName(), List.of())) {
            if (script.when.test(arguments) && script.times.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                long result = script.answer.give(arguments);
                return method.getReturnType() == int.class ? (Object) (int) result : (Object) result;
            }
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
