package io.pinion.tck;

/** A theme of the contract: tests that are inherited. Each test gets a trial of its own. */
interface Contract {
    /** {@return the trial of the test that runs} */
    Trial trial();
}
