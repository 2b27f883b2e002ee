package io.pinion.advisor.measure;

import io.pinion.advisor.AdviceProgress;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Load;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What advice is asked about.
 *
 * @param target the file, directory or device
 * @param load what is to be played on it
 * @param recorded how that was found out, in words; empty when it was given
 */
record Subject(Target target, Load load, String recorded) {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** A recording takes this part of the time at most. */
    private static final int PART = 6;

    /** {@return what the request is about} Watches the volume that it names, if it names one. */
    static Subject of(AdviceRequest request, Optional<VolumeAdmin> admin, AdviceProgress progress)
            throws StorageException {
        if (request.target().isPresent()) {
            return new Subject(request.target().get(), request.load().orElseThrow(), "");
        }
        VolumeAdmin volumes = admin.orElseThrow(() -> StorageException.of(
                        Kind.UNAVAILABLE,
                        Failures.OPERATION,
                        "there are no volumes: bundle io.pinion.core is not active; name a path")
                .build());
        VolumeStatus status = volumes.volume(request.volume()).orElseThrow(() -> unknown(volumes, request.volume()));
        if (status.shape() != Shape.POSITIONAL) {
            throw Failures.of(Kind.WRONG_TYPE, status.target(), request.volume() + " is a tape drive, not a volume");
        }
        Duration part = request.budget().dividedBy(PART);
        Load seen = Recorder.record(volumes, request.volume(), part.compareTo(LONGEST) < 0 ? part : LONGEST, progress);
        boolean readsAlone = seen.writePercent() > 0 && !request.isWriting();
        Load played = readsAlone
                ? new Load(seen.sizes(), 0, seen.sequential(), seen.depth(), seen.span(), seen.once())
                : seen;
        return new Subject(
                status.target(),
                played,
                "as " + request.volume() + " was seen to have it"
                        + (readsAlone
                                ? ", but for its writes (" + seen.writePercent()
                                        + " %): they need a scratch file, which --write allows"
                                : ""));
    }

    private static StorageException unknown(VolumeAdmin volumes, String name) {
        String names = volumes.volumes().stream().map(VolumeStatus::name).collect(Collectors.joining(", "));
        return StorageException.of(
                        Kind.NOT_FOUND,
                        Failures.OPERATION,
                        "there is no volume " + name + "; there are: " + (names.isEmpty() ? "none" : names))
                .build();
    }

    /** {@return the volumes that use the same bytes meanwhile} */
    List<Confounder> users(Optional<VolumeAdmin> admin, Optional<Claim> claim) {
        return admin.stream()
                .flatMap(volumes -> volumes.volumes().stream())
                .filter(volume -> claim.filter(held -> held.identity().equals(volume.identity()))
                        .isPresent())
                .map(volume -> new Confounder(
                        Confounder.Kind.IN_USE,
                        "Volume " + volume.name()
                                + " serves its applications from the same bytes meanwhile: what they do is in the"
                                + " figures, and what is measured slows them down."))
                .toList();
    }
}
