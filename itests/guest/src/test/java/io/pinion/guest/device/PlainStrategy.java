package io.pinion.guest.device;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.WriteZeroes;

/** The simplest strategy for devices, as a stranger may have one: a FileChannel, and the claim's extras. */
final class PlainStrategy implements IoStrategy {
    @Override
    public Examination examine(Target target) {
        Examination.Builder finding =
                Examination.suitable(target, Geometry.builder().build());
        target.claim().ifPresent(claim -> {
            claim.adapt(Discard.class).ifPresent(extra -> finding.capability(Capability.DISCARD));
            claim.adapt(WriteZeroes.class).ifPresent(extra -> finding.capability(Capability.WRITE_ZEROES));
        });
        return finding.build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        return new PlainChannel(target, options.access());
    }
}
