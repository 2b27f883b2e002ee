package io.pinion.core.control;

import io.pinion.volume.VolumeStatistics;

/** A volume's figures, put together from where they are counted. */
final class Statistics {
    private Statistics() {}

    static VolumeStatistics of(Actual actual) {
        var gate = actual.gate;
        return new VolumeStatistics(
                gate.reads(),
                gate.writes(),
                gate.flushes(),
                gate.failures(),
                gate.readBytes(),
                gate.writtenBytes(),
                gate.inFlight(),
                gate.parked(),
                actual.served.swaps(),
                actual.served.byStrategy(),
                actual.volume.readLatency().summary(),
                actual.volume.writeLatency().summary(),
                gate.sampleEvery(),
                actual.served.pauses().summary(),
                gate.ledger().durability());
    }
}
