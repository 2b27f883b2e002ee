package io.pinion.benchmarks.sample;

import com.sun.management.ThreadMXBean;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Span;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Warms a load up, measures it and says what came of it. One thread, which makes it. */
final class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ProcessTime processTime = new ProcessTime();
    private final long[] caller = {Thread.currentThread().getId()};
    private final Span span;
    private final int timedEvery;
    private final List<Latencies> latencies = new ArrayList<>();
    private long asideNanos;
    private long asideCpu;
    private long asideAllocated;

    Meter(Span span, int timedEvery) {
        this.span = span;
        this.timedEvery = timedEvery;
    }

    /** What is not to be measured. */
    interface Chore {
        void run() throws Exception;
    }

    /** {@return where a thread of the load keeps its latencies} */
    Latencies latencies() {
        Latencies made = new Latencies(timedEvery);
        latencies.add(made);
        return made;
    }

    /** Does something between passes that counts neither as time, nor as processor time of the process, nor as allocated. */
    void aside(Chore chore) throws Exception {
        long allocated = allocated(caller);
        long cpu = processTime.nanos();
        long begin = System.nanoTime();
        chore.run();
        asideNanos += System.nanoTime() - begin;
        asideCpu += processTime.nanos() - cpu;
        asideAllocated += allocated(caller) - allocated;
    }

    /** Does passes until the load is warm. */
    void warmUp(Load load, Shape shape) throws Exception {
        long start = System.nanoTime();
        long operations = 0;
        do {
            operations += load.pass();
        } while (!span.isWarm(System.nanoTime() - start, batches(shape, operations)));
    }

    /** Passes take as long as they take: they are to be warm in time. */
    private static long batches(Shape shape, long operations) {
        return shape.pattern() == Pattern.SEQUENTIAL ? Long.MAX_VALUE : operations / shape.batch();
    }

    /** {@return the figures after a warm-up, as {@code uring.c} prints them} */
    String measure(Load load, Shape shape) throws Exception {
        warmUp(load, shape);
        latencies.forEach(Latencies::reset);
        asideNanos = 0;
        asideCpu = 0;
        asideAllocated = 0;
        long[] threads = load.threads();
        long thread = cpu(threads);
        long cpu = processTime.nanos();
        long allocated = allocated(threads);
        long begin = System.nanoTime();
        long operations = 0;
        long nanos;
        do {
            operations += load.pass();
            nanos = System.nanoTime() - begin - asideNanos;
        } while (nanos < span.measuredNanos());
        allocated = allocated(threads) - allocated - (Arrays.equals(threads, caller) ? asideAllocated : 0);
        cpu = processTime.nanos() - cpu - asideCpu;
        thread = cpu(threads) - thread;
        return "operations=" + operations + " nanos=" + nanos + " cpu=" + cpu + " thread=" + thread + " allocated="
                + allocated + percentiles(Latencies.sorted(latencies));
    }

    /** A percentile that fewer than ten samples lie beyond is chance, and left out. */
    private static String percentiles(long[] sorted) {
        StringBuilder text = new StringBuilder();
        int[] beyond = {2, 100, 1000};
        String[] names = {"p50", "p99", "p999"};
        for (int i = 0; i < names.length; i++) {
            if (sorted.length >= 10 * beyond[i]) {
                int place = (int) ((long) sorted.length * (beyond[i] - 1) / beyond[i]);
                text.append(' ').append(names[i]).append('=').append(sorted[place]);
            }
        }
        return text.toString();
    }

    private static long allocated(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadAllocatedBytes(thread);
        }
        return sum;
    }

    private static long cpu(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadCpuTime(thread);
        }
        return sum;
    }
}
