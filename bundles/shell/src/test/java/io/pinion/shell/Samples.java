package io.pinion.shell;

import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Shape;
import io.pinion.strategy.Target;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statuses and reports as core makes them. */
final class Samples {
    private Samples() {}

    static VolumeStatus open(String name, String strategy) {
        return open(name, strategy, "file:1:2");
    }

    static VolumeStatus open(String name, String strategy, String identity) {
        return new VolumeStatus(
                name,
                Shape.POSITIONAL,
                Target.parse("/data/" + name),
                Access.READ_WRITE,
                VolumeState.OPEN,
                "",
                Optional.of(strategy),
                Optional.of(ChannelMode.of("O_DIRECT")),
                List.of("direct", "buffered"),
                Optional.empty(),
                identity,
                List.of());
    }

    static VolumeStatus drive(String name, String strategy) {
        return new VolumeStatus(
                name,
                Shape.TAPE,
                Target.parse("/dev/nst0"),
                Access.READ_WRITE,
                VolumeState.OPEN,
                "",
                Optional.of(strategy),
                Optional.of(ChannelMode.of("st")),
                List.of(strategy),
                Optional.empty(),
                "chr:9:128",
                List.of());
    }

    static VolumeStatus waiting(String name, String reason) {
        return new VolumeStatus(
                name,
                Shape.POSITIONAL,
                Target.parse("/data/" + name),
                Access.READ_ONLY,
                VolumeState.WAITING,
                reason,
                Optional.empty(),
                Optional.empty(),
                List.of("direct"),
                Optional.empty(),
                "",
                List.of(reason, "size=12 MiX is no size"));
    }

    static SwapReport swap(SwapReport.Outcome outcome, String detail) {
        return new SwapReport(
                "data",
                "buffered",
                "direct",
                "command",
                outcome,
                detail,
                Instant.EPOCH,
                12_000_000,
                List.of(1L, 2L),
                false,
                outcome == SwapReport.Outcome.PUBLISHED ? 310_000 : 0,
                3);
    }
}
