package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Some tests of a contract, as they ran on a driver with a defect. */
final class KitRun {
    private final Set<String> tests;
    private final Events events;

    private KitRun(Set<String> tests, Events events) {
        this.tests = tests;
        this.events = events;
    }

    /** {@return what came of these tests of a class} */
    static KitRun of(Class<?> contract, List<String> tests) {
        DiscoverySelector[] selectors =
                tests.stream().map(test -> selectMethod(contract, test)).toArray(DiscoverySelector[]::new);
        Events events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectors)
                .execute()
                .testEvents();
        return new KitRun(new TreeSet<>(tests), events);
    }

    void assertAllFail() {
        assertEquals(
                tests,
                names(events.failed()),
                () -> "succeeded: " + names(events.succeeded()) + " skipped: " + names(events.aborted()));
    }

    void assertAllPass() {
        assertEquals(tests, names(events.succeeded()), () -> failures().toString());
    }

    /** {@return what the tests that failed said} */
    List<String> failures() {
        return events.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
    }

    private static Set<String> names(Events events) {
        return events.stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
