package io.pinion.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;

/** Threads of one test: what one of them throws fails the test, and none is waited for without end. */
final class Crew {
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** What one thread does. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** {@return the thread, which runs already} */
    Thread start(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** {@return whether somebody still runs, and nobody has failed} */
    boolean isBusy() {
        return failures.isEmpty() && threads.stream().anyMatch(Thread::isAlive);
    }

    /** Returns when the latch is open; fails as soon as somebody has failed. */
    void await(String what, CountDownLatch latch) {
        Await.until(what, () -> latch.getCount() == 0 || hasFailed());
        if (hasFailed()) {
            throw failure();
        }
    }

    /** {@return whether somebody has failed} */
    boolean hasFailed() {
        return !failures.isEmpty();
    }

    /** Returns when all have ended well. */
    void join() {
        try {
            Await.until("threads to end", () -> threads.stream().noneMatch(Thread::isAlive));
        } catch (AssertionError e) {
            if (failures.isEmpty()) {
                Assertions.fail(e.getMessage() + "; these hang:\n" + stacks());
            }
        }
        if (hasFailed()) {
            throw failure();
        }
    }

    private AssertionError failure() {
        Throwable first = failures.poll();
        AssertionError error = new AssertionError("a thread failed: " + first, first);
        failures.forEach(error::addSuppressed);
        return error;
    }

    private String stacks() {
        return threads.stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + "\n    "
                        + Arrays.stream(thread.getStackTrace())
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n    ")))
                .collect(Collectors.joining("\n"));
    }
}
