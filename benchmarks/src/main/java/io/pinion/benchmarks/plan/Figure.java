package io.pinion.benchmarks.plan;

/** What goals and ratios are about. */
public enum Figure {
    /** Operations a second: more is better. */
    RATE("speed"),
    /** Processor time of the process per operation: less is better. */
    CPU("processor time");

    private final String title;

    Figure(String title) {
        this.title = title;
    }

    /** {@return its name in the report} */
    public String title() {
        return title;
    }

    /** {@return whether more of it is better} */
    public boolean isMoreBetter() {
        return this == RATE;
    }
}
