package io.pinion.advisor;

import io.pinion.strategy.StorageException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Measures whether direct I/O is worth it on a target. A service. Any thread; one measures at a time, as two would
 * disturb each other.
 */
@ProviderType
public interface IoAdvisor {
    /**
     * Measures, on the calling thread and some of its own, within the request's bounds. Only reads, unless the request allows a
     * scratch file, which is gone afterwards however it ends.
     *
     * @return what was measured and what it comes to; {@link Verdict#INCONCLUSIVE} where the bounds were too narrow to tell
     * @throws StorageException {@code NOT_FOUND}, {@code ACCESS_DENIED}, {@code WRONG_TYPE}, {@code NO_SPACE}, {@code IN_USE},
     *     with the remedy; {@code INVALID_ARGUMENT} for a target that is smaller than the requests; {@code UNAVAILABLE} while
     *     another measures, or a strategy is missing; {@code INTERRUPTED} when the calling thread is: nothing is left behind then
     */
    Advice advise(AdviceRequest request, AdviceProgress progress) throws StorageException;
}
