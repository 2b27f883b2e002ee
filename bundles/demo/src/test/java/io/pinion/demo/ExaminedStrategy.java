package io.pinion.demo;

import io.pinion.strategy.Access;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.Target;

/** A strategy that says the same of every target, and opens none. */
record ExaminedStrategy(Examination found) implements IoStrategy {
    private static final Geometry PLAIN = Geometry.builder().build();

    static ExaminedStrategy unsuitable(String reason) {
        return new ExaminedStrategy(Examination.unsuitable(reason));
    }

    static ExaminedStrategy readOnly() {
        return new ExaminedStrategy(
                Examination.suitable("read", PLAIN).access(Access.READ_ONLY).build());
    }

    static ExaminedStrategy of(String identity) {
        return new ExaminedStrategy(Examination.suitable(identity, PLAIN).build());
    }

    @Override
    public Examination examine(Target target) {
        return found;
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) {
        throw new UnsupportedOperationException();
    }
}
