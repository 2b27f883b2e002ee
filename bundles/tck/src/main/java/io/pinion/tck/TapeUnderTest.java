package io.pinion.tck;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What strategy of tapes the kit is to test, and with which tapes. Unless told otherwise it claims none, has none whose
 * end is near, and swaps between two registrations of the one strategy. Immutable.
 */
public final class TapeUnderTest {
    private final String name;
    private final IoStrategy strategy;
    private final TapeMaker tapes;
    private final TapeMaker endingTapes;
    private final TapeTraits traits;
    private final TargetGuard guard;
    private final String partnerName;
    private final IoStrategy partner;

    private TapeUnderTest(
            String name,
            IoStrategy strategy,
            TapeMaker tapes,
            TapeMaker endingTapes,
            TapeTraits traits,
            TargetGuard guard,
            String partnerName,
            IoStrategy partner) {
        this.name = Objects.requireNonNull(name);
        this.strategy = Objects.requireNonNull(strategy);
        this.tapes = Objects.requireNonNull(tapes);
        this.endingTapes = endingTapes;
        this.traits = Objects.requireNonNull(traits);
        this.guard = guard;
        this.partnerName = Objects.requireNonNull(partnerName);
        this.partner = Objects.requireNonNull(partner);
    }

    /** Makes tapes. */
    @FunctionalInterface
    public interface TapeMaker {
        /**
         * {@return a tape that is blank, can be written, and is used by nobody else} Called once for each test that needs one;
         * a drive may be the same each time, with its tape blank again.
         *
         * @param directory empty at the test's beginning, and deleted after it with all that is in it
         */
        Target make(Path directory) throws Exception;
    }

    /** {@return a strategy, with tapes that hold 100 MiB at least} */
    public static TapeUnderTest of(String name, IoStrategy strategy, TapeMaker tapes) {
        return new TapeUnderTest(name, strategy, tapes, null, TapeTraits.NONE, null, name + "-again", strategy);
    }

    /** {@return this, with tapes that can be filled in a test: they have an early warning, and some MiB before it} */
    public TapeUnderTest ending(TapeMaker maker) {
        return new TapeUnderTest(
                name, strategy, tapes, Objects.requireNonNull(maker), traits, guard, partnerName, partner);
    }

    /** {@return this, with tapes that fall short in something} */
    public TapeUnderTest with(TapeTraits newTraits) {
        return new TapeUnderTest(name, strategy, tapes, endingTapes, newTraits, guard, partnerName, partner);
    }

    /** {@return this, with targets claimed by a guard, as in a system that has it} */
    public TapeUnderTest guardedBy(TargetGuard newGuard) {
        return new TapeUnderTest(name, strategy, tapes, endingTapes, traits, newGuard, partnerName, partner);
    }

    /** {@return this, swapped for another strategy that serves the same targets, and back} */
    public TapeUnderTest swappedWith(String otherName, IoStrategy other) {
        return new TapeUnderTest(name, strategy, tapes, endingTapes, traits, guard, otherName, other);
    }

    String name() {
        return name;
    }

    IoStrategy strategy() {
        return strategy;
    }

    TapeMaker tapes() {
        return tapes;
    }

    Optional<TapeMaker> endingTapes() {
        return Optional.ofNullable(endingTapes);
    }

    TapeTraits traits() {
        return traits;
    }

    Optional<TargetGuard> guard() {
        return Optional.ofNullable(guard);
    }

    String partnerName() {
        return partnerName;
    }

    IoStrategy partner() {
        return partner;
    }
}
