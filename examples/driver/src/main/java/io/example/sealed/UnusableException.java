package io.example.sealed;

import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;

/** Something that only an operator can put right, in words for them. */
final class UnusableException extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    UnusableException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
