package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ImmediacyTest {
    private final Immediacy immediacy = new Immediacy();

    /** Of so many calls that miss 8 each, how many are tried without waiting, if a try leaves so many missing. */
    private int tries(int calls, int left) {
        int tries = 0;
        for (int call = 0; call < calls; call++) {
            int awaited = immediacy.awaited(8);
            tries += awaited == 0 ? 1 : 0;
            immediacy.found(8 - awaited, awaited == 0 ? left : 0);
        }
        return tries;
    }

    @Test
    void whatIsDoneAtOnceIsAlwaysTried() {
        assertEquals(640, tries(640, 0));
        assertEquals(640, tries(640, -3));
    }

    @Test
    void whatIsNotIsTriedNowAndThen() {
        assertEquals(10, tries(640, 1));
    }

    @Test
    void itLearnsEitherWay() {
        tries(64, 8);
        assertEquals(1, tries(64, 8));
        assertEquals(64, tries(64, 0), "the first of them is the one in 64");
        assertEquals(1, tries(64, 8));
    }

    @Test
    void aCallThatMissesNothingTellsNothing() {
        tries(640, 8);
        for (int call = 0; call < 100; call++) {
            assertEquals(0, immediacy.awaited(0));
            immediacy.found(0, -8);
        }
        assertEquals(10, tries(640, 8));
    }

    @Test
    void callsThatMissNothingInBetweenKeepItFromNoTry() {
        tries(64, 8);
        int tries = 0;
        for (int call = 0; call < 640; call++) {
            immediacy.awaited(0);
            immediacy.found(0, -8);
            tries += tries(1, 8);
        }
        assertEquals(10, tries);
    }
}
