package io.pinion.tck;

/** A theme of the contract of tapes: tests that are inherited. Each test gets a trial of its own. */
interface TapeContract {
    /** {@return the trial of the test that runs} */
    TapeTrial trial();
}
