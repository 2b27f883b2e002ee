package io.pinion.tape.image;

import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Serves tapes that are files, in the format {@code .tap} of the SIMH simulators. */
@Component(service = IoStrategy.class)
@Strategy(value = TapeImageStrategy.NAME, strategy_schemes = TapeImageStrategy.NAME, strategy_shape = "tape")
public final class TapeImageStrategy implements IoStrategy {
    static final String NAME = "tape-image";

    private final SystemCalls calls;

    /** Started by the component runtime; for a host without a container, too. */
    @Activate
    public TapeImageStrategy(@Reference SystemCalls calls) {
        this.calls = Objects.requireNonNull(calls);
    }

    @Override
    public Examination examine(Target target) {
        return Examination.unsuitable("target=" + target + " is not served yet");
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        throw StorageException.of(Kind.UNSUPPORTED, "open", "not served yet by " + calls)
                .target(target)
                .strategy(NAME)
                .build();
    }
}
