package io.pinion.memory.mlock;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The real system calls, except that mlock and munlock mark pages in a set, and that a test may script others. */
final class RecordingCalls {
    /** Stands in for a call. */
    interface Answer {
        int give(Object[] arguments);
    }

    /** Answers 0 without making the call. */
    static final int DONE = Integer.MAX_VALUE;

    final TreeSet<Long> locked = new TreeSet<>();
    final Map<String, Answer> answers = new HashMap<>();
    int made;

    private final SystemCalls real = new LibC();

    SystemCalls calls() {
        return (SystemCalls) Proxy.newProxyInstance(
                SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (p, m, a) -> invoke(m, a));
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        Answer answer = answers.get(method.getName());
        int result = answer == null ? 0 : answer.give(arguments);
        if (result != 0) {
            return result == DONE ? 0 : result;
        }
        if (method.getName().equals("mlock") || method.getName().equals("munlock")) {
            made++;
            long from = (Long) arguments[0];
            for (long page = from; page < from + (Long) arguments[1]; page += real.pageSize()) {
                boolean changed = method.getName().equals("mlock") ? locked.add(page) : locked.remove(page);
                if (!changed && method.getName().equals("mlock")) {
                    throw new AssertionError("locked twice: " + page);
                }
            }
            return 0;
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
