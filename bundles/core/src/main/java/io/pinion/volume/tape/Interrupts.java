package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;

/** Interrupts that came before a stream is brought to its end, which must not end with them. */
final class Interrupts {
    private Interrupts() {}

    /** What a stream does at its end. */
    interface Step {
        void run() throws StorageException;
    }

    /** Does it as if the thread had not been interrupted before: the drive would not let it wait. The flag is set afterwards. */
    static void aside(Step step) throws StorageException {
        boolean interrupted = Thread.interrupted();
        try {
            step.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
