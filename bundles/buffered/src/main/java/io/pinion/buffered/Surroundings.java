package io.pinion.buffered;

import io.pinion.strategy.KernelFiles;
import io.pinion.strategy.PageCacheAdvice;
import java.util.Map;
import java.util.Optional;

/**
 * How the strategy is configured, and which of the operating system's services are there. Immutable.
 *
 * @param settings the configuration
 * @param adviser tells the kernel of reads to come
 * @param kernel opens files for what Java lacks
 */
record Surroundings(BufferedSettings settings, Optional<PageCacheAdvice> adviser, Optional<KernelFiles> kernel) {
    /** Java is all there is. */
    static final Surroundings PLAIN = new Surroundings(BufferedSettings.DEFAULT, Optional.empty(), Optional.empty());

    Surroundings configured(Map<String, ?> properties) {
        return new Surroundings(settings.configured(properties), adviser, kernel);
    }

    Surroundings advisedBy(PageCacheAdvice arrived) {
        return new Surroundings(settings, Optional.of(arrived), kernel);
    }

    Surroundings beside(KernelFiles arrived) {
        return new Surroundings(settings, adviser, Optional.of(arrived));
    }

    /** A better one may have come first. */
    Surroundings notAdvisedBy(PageCacheAdvice left) {
        return new Surroundings(settings, adviser.filter(present -> present != left), kernel);
    }

    Surroundings without(KernelFiles left) {
        return new Surroundings(settings, adviser, kernel.filter(present -> present != left));
    }

    /** {@return what there is to tell the kernel} */
    Advice advice() {
        return new Advice(settings.advice(), adviser);
    }
}
