package io.pinion.advisor.judge;

import io.pinion.advisor.Comparison;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.shell.text.Units;
import java.util.Locale;

/**
 * What a comparison says.
 *
 * @param comparison of a way with the buffered one
 * @param harm how much more of its speed a hot reader lost beside the way than beside the buffered one: 0.1 for a tenth of it
 * @param outcome how the way did
 */
record Assessment(Comparison comparison, Interval harm, Outcome outcome) {
    /** So much less processor time counts as a win by itself. */
    static final double CHEAP = 0.8;
    /** A gain that is less than this need not be found out about. */
    static final double MATTERS = 1.25;

    private static final double PERCENT = 100;

    static Assessment of(Comparison comparison, Measured way, Measured base) {
        Interval harm = Statistics.difference(
                Summaries.each(
                        way.samples().stream().filter(Summaries::hasOthers).toList(), Sample::damage),
                Summaries.each(
                        base.samples().stream().filter(Summaries::hasOthers).toList(), Sample::damage));
        return new Assessment(comparison, harm, outcome(comparison, harm));
    }

    static Outcome outcome(Comparison comparison, Interval harm) {
        Interval speed = comparison.speed();
        if (comparison.clear()) {
            return speed.estimate() > 1 ? Outcome.FASTER : Outcome.WORSE;
        }
        boolean dearer = comparison.cpu().low() > 1 / CHEAP;
        boolean harmful = harm.low() > Comparisons.MARGIN;
        if (dearer || harmful) {
            return Outcome.WORSE;
        }
        if (speed.low() >= 1 - Comparisons.MARGIN) {
            if (comparison.cpu().high() <= CHEAP) {
                return Outcome.CHEAPER;
            }
            if (harm.high() < -Comparisons.MARGIN) {
                return Outcome.GENTLER;
            }
            // What is that much faster and yet not clear is within the noise, which does not make it equal.
            return speed.low() > 1 + Comparisons.MARGIN && speed.estimate() >= MATTERS ? Outcome.UNSURE : Outcome.EQUAL;
        }
        return speed.high() < MATTERS ? Outcome.NO_GAIN : Outcome.UNSURE;
    }

    /** {@return it in a sentence, with the figures} */
    String sentence() {
        String way = comparison.way().title();
        String base = comparison.against().title();
        String start = "At " + Units.bytes(comparison.size()) + " " + way;
        String speed = times(comparison.speed()) + " the requests of " + base + " (p=" + p() + ")";
        String cpu = times(comparison.cpu()) + " the processor time for a byte";
        return switch (outcome) {
            case FASTER -> start + " does " + speed + ", at " + cpu + ".";
            case CHEAPER -> start + " is not slower (" + speed + ") and takes " + cpu + ".";
            case GENTLER ->
                start + " is not slower (" + speed + "), and a hot reader beside it loses "
                        + points(-harm.estimate()) + " points less of its speed (" + points(-harm.high()) + " to "
                        + points(-harm.low()) + ").";
            case EQUAL -> start + " makes no difference that counts: " + speed + ", " + cpu + ".";
            case NO_GAIN -> start + " gains nothing that would matter: " + speed + ", " + cpu + ".";
            case UNSURE ->
                comparison.speed().low() > 1
                        ? start + " seems faster, but no more than " + base + " differs from itself: " + speed + "."
                        : start + " may be faster or slower: " + speed + ".";
            case WORSE -> worse(start, speed, cpu);
        };
    }

    private String worse(String start, String speed, String cpu) {
        if (comparison.clear()) {
            return start + " is slower: " + speed + ".";
        }
        if (comparison.cpu().low() > 1 / CHEAP) {
            return start + " is no faster (" + speed + ") and takes " + cpu + ".";
        }
        return start + " is no faster (" + speed + "), and a hot reader beside it loses " + points(harm.estimate())
                + " points more of its speed.";
    }

    private static String times(Interval ratio) {
        return String.format(Locale.ROOT, "%.2f times (%.2f to %.2f)", ratio.estimate(), ratio.low(), ratio.high());
    }

    private static String points(double part) {
        return String.format(Locale.ROOT, "%.0f", PERCENT * part);
    }

    private String p() {
        return String.format(Locale.ROOT, comparison.pValue() < 0.001 ? "%.4f" : "%.3f", comparison.pValue());
    }
}
