package io.pinion.benchmarks.advisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param quick whether that is too little for a verdict
 * @param budget what the advisor has for a rig whose device is not made slow
 * @param fioRounds how many rounds fio has for a rig
 * @param fioSeconds how long each of its runs takes, where no device is made slow
 * @param phase how long a phase takes
 * @param unchanging how long an unchanging load goes on
 * @param processes how many virtual machines tell what watching costs
 * @param turns how many turns each of them takes
 * @param before the libraries of an older build, to measure watching beside; null for none
 */
record Plan(
        boolean quick,
        Duration budget,
        int fioRounds,
        double fioSeconds,
        Duration phase,
        Duration unchanging,
        int processes,
        int turns,
        Path before) {
    private static final double TRIAL_SECONDS = 0.2;
    private static final int SLOW = 4;

    /** {@return what some half hour is for} */
    static Plan full(Path before) {
        return new Plan(
                false, Duration.ofSeconds(25), 6, 1.5, Duration.ofSeconds(60), Duration.ofSeconds(120), 3, 20, before);
    }

    /** {@return what some minutes are for} */
    static Plan quick(Path before) {
        return new Plan(
                true, Duration.ofSeconds(10), 3, 0.5, Duration.ofSeconds(15), Duration.ofSeconds(12), 1, 6, before);
    }

    /** {@return what the advisor has for this rig} A slow device takes its time. */
    Duration budget(Rig rig) {
        return budget.multipliedBy(patience(rig));
    }

    /** {@return how long a run of fio for this rig takes} */
    double seconds(Rig rig) {
        return fioSeconds * patience(rig);
    }

    private static int patience(Rig rig) {
        return rig.isSlow() ? SLOW : 1;
    }

    /** {@return how long it takes to see whether fio can go a way at all} */
    double trialSeconds() {
        return TRIAL_SECONDS;
    }

    /** {@return options of virtual machines that are to have little memory} */
    List<String> options() {
        return List.of("-Xmx64m");
    }
}
