package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Examination;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import java.util.ArrayList;
import java.util.List;

/** Takes hold of a volume's target, before any strategy opens it. */
final class Hold {
    private final Actual actual;
    private final Surroundings around;

    Hold(Actual actual, Surroundings around) {
        this.actual = actual;
        this.around = around;
    }

    /**
     * What came of it.
     *
     * @param failed whether something went wrong, rather than being absent yet
     * @param reason why it is not held; empty when it is
     */
    record Result(boolean held, boolean failed, String reason) {
        static Result absent(String reason) {
            return new Result(false, false, reason);
        }
    }

    /** @param mayWait whether the operating system's guard may still be about to come */
    Result take(boolean mayWait) {
        VolumeConfiguration wanted = actual.configuration;
        TargetGuard guard = around.guard().get();
        if (guard == null && mayWait) {
            return Result.absent("waiting up to settle for the service that claims targets (bundle io.pinion.linux)");
        }
        TargetGuard present = guard == null ? new FileGuard() : guard;
        ClaimRequest request = ClaimRequest.of(wanted.access());
        try {
            if (wanted.target().scheme().equals(Target.PATH)) {
                ClaimRequest whole = wanted.createSize().isPresent()
                        ? request.creating(wanted.createSize().getAsLong())
                        : request;
                actual.holding = claim(wanted.target(), whole, present);
                return new Result(true, false, "");
            }
            return takeByScheme(request, present);
        } catch (StorageException e) {
            return new Result(false, true, e.getMessage());
        }
    }

    private Result takeByScheme(ClaimRequest request, TargetGuard guard) throws StorageException {
        VolumeConfiguration wanted = actual.configuration;
        List<StrategyEntry> entries = wanted.strategies().stream()
                .flatMap(name -> around.directory().find(name).stream())
                .filter(e -> e.schemes().contains(wanted.target().scheme()))
                .toList();
        if (entries.isEmpty()) {
            return Result.absent("no strategy of " + String.join(",", wanted.strategies())
                    + " that serves targets of scheme " + wanted.target().scheme() + " is registered; registered are: "
                    + around.directory().names());
        }
        List<String> unfit = new ArrayList<>();
        for (StrategyEntry entry : entries) {
            try {
                take(new Preparation(around.calls(), wanted).examine(entry, wanted.target()), request, guard);
                return new Result(true, false, "");
            } catch (Preparation.Unfit e) {
                unfit.add(e.getMessage());
            }
        }
        return new Result(false, true, String.join("; ", unfit));
    }

    private void take(Examination found, ClaimRequest request, TargetGuard guard) throws StorageException {
        VolumeConfiguration wanted = actual.configuration;
        if (found.backing().isPresent()) {
            ClaimRequest empty = wanted.createSize().isPresent() ? request.creating(0) : request;
            actual.holding = claim(found.backing().get(), empty, guard);
        } else {
            actual.holding = around.claims().note(wanted.name(), wanted.target(), found.identity(), request);
        }
    }

    private Holding claim(Target beneath, ClaimRequest request, TargetGuard guard) throws StorageException {
        VolumeConfiguration wanted = actual.configuration;
        return around.calls()
                .call(
                        "claim",
                        BoundedCalls.DRIVER_NANOS,
                        () -> around.claims().claim(wanted.name(), wanted.target(), beneath, request, guard),
                        around.claims()::release);
    }
}
