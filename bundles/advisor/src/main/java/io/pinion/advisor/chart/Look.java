package io.pinion.advisor.chart;

/**
 * How a series looks: by colour, and by shape for those who see few colours.
 *
 * @param colour of its marks and its line, from 0
 * @param shape of its marks, from 0, a dot
 * @param hollow whether its marks are hollow and its line is dashed, as those of a variant are
 */
public record Look(int colour, int shape, boolean hollow) {
    /** {@return dots of a colour} */
    public static Look dots(int colour) {
        return new Look(colour, 0, false);
    }
}
