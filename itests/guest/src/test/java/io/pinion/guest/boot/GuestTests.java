package io.pinion.guest.boot;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.pinion.guest.boot.Result.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The guest's side: runs the tests, and leaves a {@link Result} for each as soon as it has ended. */
public final class GuestTests implements TestExecutionListener {
    /** The system property that is true in the guest. */
    static final String INSIDE = "pinion.guest.inside";

    /** One that hangs is given up, and is left behind: the next may still pass. */
    private static final String TEST_LIMIT = "180 s";

    private final Path results;
    private final Map<TestIdentifier, Long> begun = new ConcurrentHashMap<>();
    private int written;

    private GuestTests(Path results) {
        this.results = results;
    }

    /** @param args the folder for the results, and which classes: see {@link #classes} */
    public static void main(String[] args) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("io.pinion.guest"))
                .filters(includeClassNamePatterns(classes(args[1])))
                .configurationParameter("junit.jupiter.execution.timeout.default", TEST_LIMIT)
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        LauncherFactory.create().execute(request, new GuestTests(Path.of(args[0])));
        System.out.flush();
        // Threads that were given up must not keep the guest.
        Runtime.getRuntime().halt(0);
    }

    /** {@return the regular expression for what Failsafe's {@code it.test} says of classes: names with asterisks, commas between} */
    static String classes(String names) {
        return Stream.of(names.split(","))
                .map(name -> name.replaceAll("#.*", "").replace(".", "\\.").replace("*", ".*"))
                .collect(Collectors.joining("|", "(.*\\.)?(", ")"));
    }

    @Override
    public void executionStarted(TestIdentifier what) {
        begun.put(what, System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier what, String reason) {
        leave(what, Outcome.SKIPPED, reason);
    }

    @Override
    public void executionFinished(TestIdentifier what, TestExecutionResult result) {
        Outcome outcome = switch (result.getStatus()) {
            case SUCCESSFUL -> Outcome.PASSED;
            case ABORTED -> Outcome.SKIPPED;
            case FAILED -> Outcome.FAILED;
        };
        leave(what, outcome, result.getThrowable().map(t -> words(outcome, t)).orElse(""));
    }

    private static String words(Outcome outcome, Throwable thrown) {
        if (outcome == Outcome.SKIPPED) {
            return String.valueOf(thrown.getMessage());
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private synchronized void leave(TestIdentifier what, Outcome outcome, String text) {
        long start = begun.getOrDefault(what, System.nanoTime());
        if (what.isTest()) {
            String name = what.getUniqueId().replaceFirst("\\[engine:[^]]*]/", "");
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            System.out.printf("%6d ms %-7s %s%n", millis, outcome, name);
        }
        try {
            new Result(what.getUniqueId(), outcome, text).write(results, written++);
        } catch (IOException e) {
            throw new UncheckedIOException("the host will miss a result", e);
        }
    }
}
