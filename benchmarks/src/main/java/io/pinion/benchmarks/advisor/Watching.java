package io.pinion.benchmarks.advisor;

import io.pinion.advisor.auto.AutoChooser;
import io.pinion.volume.Pinion;

/** What older builds know nothing of. */
final class Watching {
    private Watching() {}

    /** Has volumes with strategy=auto chosen for. */
    static void begin(Pinion pinion) {
        pinion.chooser(new AutoChooser());
    }
}
