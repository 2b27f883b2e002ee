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

/** The kit of tapes is able to fail: each defect is noticed by the tests that are there for it. */
class TapeDefectTest {
    @AfterEach
    void mend() {
        BrokenTapeContract.defect = TapeDefect.NONE;
        System.clearProperty(RandomOperations.SEED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aDefectIsNoticed(TapeDefect defect) {
        run(defect, defect.tests()).assertAllFail();
    }

    @Test
    void withoutADefectTheSameTestsPass() {
        List<String> all = Arrays.stream(TapeDefect.values())
                .flatMap(defect -> defect.tests().stream())
                .distinct()
                .toList();
        run(TapeDefect.NONE, all).assertAllPass();
    }

    @Test
    void aSeedRepeatsAFailure() {
        List<String> test = List.of("randomOperationsAgreeWithTheModel");
        String first = run(TapeDefect.CORRUPTS_RARELY, test).failures().get(0);
        Matcher seed =
                Pattern.compile("-D" + RandomOperations.SEED + "=(-?\\d+)").matcher(first);
        assertTrue(seed.find(), first);
        System.setProperty(RandomOperations.SEED, seed.group(1));
        assertEquals(first, run(TapeDefect.CORRUPTS_RARELY, test).failures().get(0));
    }

    private static KitRun run(TapeDefect defect, List<String> tests) {
        BrokenTapeContract.defect = defect;
        return KitRun.of(BrokenTapeContract.class, tests);
    }
}
