package io.pinion.tck;

import io.pinion.strategy.Shape;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import io.pinion.volume.TapeDrive;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A drive on the strategy of tapes under test. */
final class HostedDrive extends Hosted {
    private final TapeUnderTest under;
    private final Pinion pinion;
    private final Set<String> schemes;
    private final TapeDrive drive;
    private Pinion.Registration registration;

    private HostedDrive(TapeUnderTest under, Pinion pinion, Target target, Map<String, String> properties)
            throws Exception {
        super(pinion, under.name(), under.partnerName());
        this.under = under;
        this.pinion = pinion;
        schemes = Set.of(target.scheme());
        registration = register();
        pinion.add(under.partnerName(), under.partner(), Shape.TAPE, schemes, 0);
        pinion.configureTape(NAME, properties);
        drive = pinion.tape(NAME, Await.bound());
    }

    private Pinion.Registration register() {
        return pinion.add(under.name(), under.strategy(), Shape.TAPE, schemes, 0);
    }

    static HostedDrive start(TapeUnderTest under, Target target, Map<String, String> properties) throws Exception {
        Pinion pinion = Pinion.start();
        try {
            under.guard().ifPresent(pinion::guard);
            Map<String, String> all =
                    new HashMap<>(Map.of("target", target.toString(), "grace", "10s", "drain.timeout", "5s"));
            all.put("strategy", under.name());
            all.putAll(properties);
            return new HostedDrive(under, pinion, target, all);
        } catch (Exception | AssertionError e) {
            pinion.close();
            throw e;
        }
    }

    TapeDrive drive() {
        return drive;
    }

    /** Takes the strategy away and brings it back, as an update of its bundle does; callers wait meanwhile. */
    void update() {
        registration.close();
        registration = register();
    }
}
