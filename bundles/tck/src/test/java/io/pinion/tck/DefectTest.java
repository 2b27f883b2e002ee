package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The kit is able to fail: each defect is noticed by the tests that are there for it. */
class DefectTest {
    @AfterEach
    void mend() throws Exception {
        BrokenContract.defect = Defect.NONE;
        Defects.LeaksDescriptors.closeAll();
        Defects.LeaksMemory.freeAll();
        System.clearProperty(RandomOperations.SEED);
        System.clearProperty(Await.WAIT);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aDefectIsNoticed(Defect defect) {
        // Some defects show by what never comes.
        System.setProperty(Await.WAIT, "2");
        Events tests = run(defect, defect.tests());
        assertEquals(
                new TreeSet<>(defect.tests()),
                names(tests.failed()),
                () -> "succeeded: " + names(tests.succeeded()) + " skipped: " + names(tests.aborted()));
    }

    @Test
    void withoutADefectTheSameTestsPass() {
        List<String> all = Arrays.stream(Defect.values())
                // It is skipped without files; the strategies of files pass it.
                .filter(defect -> defect != Defect.FORMATS_AGAIN)
                .flatMap(defect -> defect.tests().stream())
                .distinct()
                .toList();
        Events tests = run(Defect.NONE, all);
        assertEquals(
                new TreeSet<>(all),
                names(tests.succeeded()),
                () -> failures(tests).toString());
    }

    @Test
    void aSeedRepeatsAFailure() {
        List<String> test = List.of("randomOperationsOnChannelsAgreeWithTheModel");
        String first = failures(run(Defect.CORRUPTS_RARELY, test)).get(0);
        Matcher seed =
                Pattern.compile("-D" + RandomOperations.SEED + "=(-?\\d+)").matcher(first);
        assertTrue(seed.find(), first);
        System.setProperty(RandomOperations.SEED, seed.group(1));
        assertEquals(first, failures(run(Defect.CORRUPTS_RARELY, test)).get(0));
    }

    private static Events run(Defect defect, List<String> tests) {
        BrokenContract.defect = defect;
        DiscoverySelector[] selectors = tests.stream()
                .map(test -> selectMethod(BrokenContract.class, test))
                .toArray(DiscoverySelector[]::new);
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectors)
                .execute()
                .testEvents();
    }

    private static Set<String> names(Events events) {
        return events.stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> failures(Events events) {
        return events.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
    }
}
