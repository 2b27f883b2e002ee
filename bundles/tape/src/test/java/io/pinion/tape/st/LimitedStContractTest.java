package io.pinion.tape.st;

import io.pinion.tck.TapeTraits;

/** The driver st, by a drive that takes no record below a certain length, and says more than it means, as drives do. */
class LimitedStContractTest extends StContractTest {
    private static final int SHORTEST = 8;
    private static final int STEP = 512;

    @Override
    FakeDrive drive() {
        FakeDrive drive = super.drive();
        drive.shortest = SHORTEST;
        drive.granularity = STEP;
        return drive;
    }

    @Override
    TapeTraits traits() {
        return new Counted() {
            @Override
            public int smallestRecord() {
                return SHORTEST;
            }
        };
    }
}
