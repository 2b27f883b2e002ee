package io.pinion.advisor;

/**
 * A figure with its 95 % confidence interval over the rounds.
 *
 * @param estimate the figure
 * @param low where the interval begins
 * @param high where it ends
 */
public record Interval(double estimate, double low, double high) {
    /** {@return whether the interval has the value within} */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
