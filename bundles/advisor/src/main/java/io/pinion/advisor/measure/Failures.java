package io.pinion.advisor.measure;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;

/** Failures of advice. */
final class Failures {
    static final String OPERATION = "advise";

    private Failures() {}

    static StorageException of(Kind kind, Target target, String detail) {
        return StorageException.of(kind, OPERATION, detail).target(target).build();
    }

    static StorageException interrupted() {
        return StorageException.of(Kind.INTERRUPTED, OPERATION, "it was interrupted")
                .build();
    }
}
