package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        run(defect, defect.tests()).assertAllFail();
    }

    @Test
    void withoutADefectTheSameTestsPass() {
        List<String> all = Arrays.stream(Defect.values())
                // It is skipped without files; the strategies of files pass it.
                .filter(defect -> defect != Defect.FORMATS_AGAIN)
                .flatMap(defect -> defect.tests().stream())
                .distinct()
                .toList();
        run(Defect.NONE, all).assertAllPass();
    }

    @Test
    void aSeedRepeatsAFailure() {
        List<String> test = List.of("randomOperationsOnChannelsAgreeWithTheModel");
        String first = run(Defect.CORRUPTS_RARELY, test).failures().get(0);
        Matcher seed =
                Pattern.compile("-D" + RandomOperations.SEED + "=(-?\\d+)").matcher(first);
        assertTrue(seed.find(), first);
        System.setProperty(RandomOperations.SEED, seed.group(1));
        assertEquals(first, run(Defect.CORRUPTS_RARELY, test).failures().get(0));
    }

    private static KitRun run(Defect defect, List<String> tests) {
        BrokenContract.defect = defect;
        return KitRun.of(BrokenContract.class, tests);
    }
}
