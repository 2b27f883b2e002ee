package io.pinion.tck;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/**
 * What the kit is to test, and with what. Unless told otherwise it makes regular files for targets, claims none, and
 * swaps between two registrations of the one strategy. Immutable.
 */
public final class StrategyUnderTest {
    private final String name;
    private final IoStrategy strategy;
    private final TargetMaker targets;
    private final TargetGuard guard;
    private final PathProof proof;
    private final String partnerName;
    private final IoStrategy partner;

    private StrategyUnderTest(
            String name,
            IoStrategy strategy,
            TargetMaker targets,
            TargetGuard guard,
            PathProof proof,
            String partnerName,
            IoStrategy partner) {
        this.name = Objects.requireNonNull(name);
        this.strategy = Objects.requireNonNull(strategy);
        this.targets = Objects.requireNonNull(targets);
        this.guard = guard;
        this.proof = proof;
        this.partnerName = partnerName;
        this.partner = Objects.requireNonNull(partner);
    }

    /** Makes targets. */
    @FunctionalInterface
    public interface TargetMaker {
        /**
         * {@return a target that nobody else uses, of at least so many bytes, all zero; of exactly so many if the strategy
         * can change its size}
         *
         * @param directory empty at the test's beginning, and deleted after it with all that is in it
         */
        Target make(Path directory, long size) throws Exception;
    }

    /** Looks whether bytes really went the way that the strategy stands for. */
    @FunctionalInterface
    public interface PathProof {
        /**
         * Throws an {@link AssertionError} if they did not, and skips the test if it can't be told here.
         *
         * @param target what the channel is open on
         * @param channel a channel that has just written and read
         */
        void prove(Target target, PositionalChannel channel) throws Exception;
    }

    /** {@return a strategy that serves regular files} */
    public static StrategyUnderTest of(String name, IoStrategy strategy) {
        return new StrategyUnderTest(
                name, strategy, StrategyUnderTest::file, null, null, name + "-again", FaultyStrategy.around(strategy));
    }

    private static Target file(Path directory, long size) throws IOException {
        Path file = Files.createTempFile(directory, "target", "");
        Files.write(file, new byte[Math.toIntExact(size)], StandardOpenOption.WRITE);
        return Target.of(file);
    }

    /** {@return this, with targets of another sort} */
    public StrategyUnderTest on(TargetMaker maker) {
        return new StrategyUnderTest(name, strategy, maker, guard, proof, partnerName, partner);
    }

    /** {@return this, with targets claimed by a guard, as in a system that has it} */
    public StrategyUnderTest guardedBy(TargetGuard newGuard) {
        return new StrategyUnderTest(name, strategy, targets, newGuard, proof, partnerName, partner);
    }

    /** {@return this, with proof of the intended way} */
    public StrategyUnderTest provenBy(PathProof newProof) {
        return new StrategyUnderTest(name, strategy, targets, guard, newProof, partnerName, partner);
    }

    /** {@return this, swapped for another strategy that serves the same targets, and back} */
    public StrategyUnderTest swappedWith(String otherName, IoStrategy other) {
        return new StrategyUnderTest(name, strategy, targets, guard, proof, otherName, other);
    }

    String name() {
        return name;
    }

    IoStrategy strategy() {
        return strategy;
    }

    TargetMaker targets() {
        return targets;
    }

    Optional<TargetGuard> guard() {
        return Optional.ofNullable(guard);
    }

    Optional<PathProof> proof() {
        return Optional.ofNullable(proof);
    }

    String partnerName() {
        return partnerName;
    }

    IoStrategy partner() {
        return partner;
    }
}
