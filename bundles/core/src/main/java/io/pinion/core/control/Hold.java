package io.pinion.core.control;

import io.pinion.core.config.Claiming;
import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.volume.BoundedCalls;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes hold of a volume's target, before any strategy opens it. */
final class Hold {
    private final Actual actual;
    private final Surroundings around;
    private final Backoff backoff = new Backoff();
    /** What the next attempt may take in place of a device that was pulled out. */
    private Consent consent = Consent.NONE;

    Hold(Actual actual, Surroundings around) {
        this.actual = actual;
        this.around = around;
    }

    /**
     * What came of it.
     *
     * @param reason why it is not held; empty when it is
     * @param settling whether it may come by itself within settle
     * @param againIn after how many nanoseconds to try again
     */
    record Result(boolean held, String reason, boolean settling, long againIn) {}

    /** With whom the target is taken: what failed with others is tried at once. */
    private record Means(Optional<TargetGuard> guard, List<StrategyEntry> strategies) {}

    private Means means() {
        boolean byPath = actual.configuration.target().scheme().equals(Target.PATH);
        return new Means(Optional.ofNullable(around.guard().get()), byPath ? List.of() : strategies());
    }

    private List<StrategyEntry> strategies() {
        VolumeConfiguration wanted = actual.configuration;
        return around.directory().allowed(wanted).stream()
                .flatMap(name -> around.directory().find(name, wanted.shape()).stream())
                .filter(e -> e.schemes().contains(wanted.target().scheme()))
                .toList();
    }

    /** Whatever failed may be tried at once. */
    void forgetFailures() {
        backoff.clear();
    }

    /** The next attempt that is made takes so much in place of a device that was pulled out: it was asked for by hand. */
    void consent(Consent given) {
        consent = given;
    }

    /** @param settleLeft for how long the operating system's guard may still be about to come */
    Result take(long settleLeft) {
        boolean settling = false;
        try {
            Result result = attempt(settleLeft);
            settling = result.settling();
            return result;
        } finally {
            if (!settling) {
                consent = Consent.NONE;
            }
        }
    }

    private Result attempt(long settleLeft) {
        Removal removal = actual.removal;
        if (removal != null && !removal.canReturn() && !consent.takesAnyDevice()) {
            return new Result(false, "", false, Long.MAX_VALUE);
        }
        Means with = means();
        backoff.forget(what -> !what.equals(with));
        if (with.guard().isEmpty() && settleLeft > 0) {
            String reason = "waiting up to settle for the service that claims targets (bundle io.pinion.linux)";
            return new Result(false, reason, true, settleLeft);
        }
        if (backoff.early(with) <= 0) {
            try {
                if (!take(with)) {
                    return new Result(false, nobody(), false, Long.MAX_VALUE);
                }
                backoff.succeeded(with);
                return new Result(true, "", false, 0);
            } catch (StorageException | Preparation.Unfit e) {
                backoff.failed(with, e.getMessage());
            }
        }
        return new Result(false, backoff.reason(with), false, backoff.early(with));
    }

    private String nobody() {
        Shape shape = actual.configuration.shape();
        List<String> allowed = around.directory().allowed(actual.configuration);
        if (allowed.isEmpty()) {
            return "strategy=auto: none is registered for scheme "
                    + actual.configuration.target().scheme() + "; registered are: "
                    + around.directory().names(shape);
        }
        return allowed.stream()
                .map(name -> around.directory()
                        .find(name, shape)
                        .map(this::servesOthers)
                        .orElseGet(() -> around.directory().lacking(name, shape)))
                .collect(Collectors.joining("; "));
    }

    private String servesOthers(StrategyEntry entry) {
        return Preparation.Unfit.otherSchemes(entry, actual.configuration.target())
                .getMessage();
    }

    /** {@return whether it is held; else there is nobody who could} */
    private boolean take(Means with) throws StorageException, Preparation.Unfit {
        VolumeConfiguration wanted = actual.configuration;
        TargetGuard present = with.guard().orElseGet(FileGuard::new);
        ClaimRequest request = request(wanted);
        if (wanted.target().scheme().equals(Target.PATH)) {
            // A device that was pulled out is not to come back as a file in /dev.
            ClaimRequest whole = wanted.createSize().isPresent() && actual.removal == null
                    ? request.creating(wanted.createSize().getAsLong())
                    : request;
            hold(wanted.target(), whole, present);
            return true;
        }
        return takeByScheme(with.strategies(), request, present);
    }

    private static ClaimRequest request(VolumeConfiguration wanted) {
        ClaimRequest request = ClaimRequest.of(wanted.access());
        return wanted.claim() == Claiming.FORCE ? request.forced() : request;
    }

    private boolean takeByScheme(List<StrategyEntry> entries, ClaimRequest request, TargetGuard guard)
            throws StorageException, Preparation.Unfit {
        List<String> unfit = new ArrayList<>();
        for (StrategyEntry entry : entries) {
            try {
                Preparation preparation = new Preparation(around.calls(), actual.configuration);
                take(preparation.examine(entry, actual.configuration.target()), request, guard);
                return true;
            } catch (Preparation.Unfit e) {
                unfit.add(e.getMessage());
            }
        }
        if (!unfit.isEmpty()) {
            throw new Preparation.Unfit(String.join("; ", unfit));
        }
        return false;
    }

    private void take(Examination found, ClaimRequest request, TargetGuard guard)
            throws StorageException, Preparation.Unfit {
        VolumeConfiguration wanted = actual.configuration;
        if (found.backing().isPresent()) {
            boolean creates = wanted.createSize().isPresent() && actual.removal == null;
            hold(found.backing().get(), creates ? request.creating(0) : request, guard);
        } else {
            refuseUnlessReturned("");
            keep(around.claims().note(actual.volume.toString(), wanted.target(), found.identity(), request));
        }
    }

    /**
     * Claims; while the volume waits for a device that was pulled out, nothing but that. It is looked at before, because to
     * open another one for writing is not for us, and again as claimed, because it may be pulled out in between.
     */
    private void hold(Target beneath, ClaimRequest request, TargetGuard guard)
            throws StorageException, Preparation.Unfit {
        if (actual.removal != null) {
            String seen = around.inspect(beneath).lastingIdentity();
            if (!seen.isEmpty()) {
                refuseUnlessReturned(seen);
            }
        }
        Holding found = claim(beneath, request, guard);
        try {
            found.device().check();
            refuseUnlessReturned(found.lastingIdentity());
        } catch (StorageException | Preparation.Unfit e) {
            around.release(found);
            throw e;
        }
        keep(found);
    }

    private void keep(Holding found) {
        Removal removal = actual.removal;
        actual.hold(found);
        if (removal != null) {
            new Return(actual).welcome(removal, consent);
        }
    }

    /** @param lastingIdentity of what is there; empty when it has none, or its guard does not tell */
    private void refuseUnlessReturned(String lastingIdentity) throws Preparation.Unfit {
        Removal removal = actual.removal;
        if (removal != null && !consent.takesAnyDevice()) {
            Optional<String> refusal = removal.refusal(lastingIdentity);
            if (refusal.isPresent()) {
                throw new Preparation.Unfit(refusal.get());
            }
        }
    }

    private Holding claim(Target beneath, ClaimRequest request, TargetGuard guard) throws StorageException {
        VolumeConfiguration wanted = actual.configuration;
        String holder = actual.volume.toString();
        return around.calls()
                .call(
                        "claim",
                        BoundedCalls.DRIVER_NANOS,
                        () -> around.claims().claim(holder, wanted.target(), beneath, request, guard),
                        around.claims()::release);
    }
}
