package io.pinion.buffered;

import io.pinion.strategy.PageCacheAdvice;
import io.pinion.strategy.PageCacheAdvice.Pattern;
import io.pinion.strategy.StorageException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel is to be told about reading, and by what service. Immutable.
 *
 * @param pattern what it is to be told
 * @param service who tells it
 */
record Advice(Pattern pattern, Optional<PageCacheAdvice> service) {
    /**
     * Tells the kernel. A failure is no reason not to serve.
     *
     * @param fresh whether the descriptor is new, and so as it should be when there is nothing in particular to tell
     * @return what the operator should know
     */
    List<String> give(FileChannel channel, boolean fresh) {
        String advice = "advice=" + BufferedSettings.word(pattern);
        if (pattern == Pattern.NORMAL && (fresh || service.isEmpty())) {
            return List.of();
        }
        if (service.isEmpty()) {
            return List.of(advice + " is not given: there is no service PageCacheAdvice; start bundle io.pinion.linux");
        }
        try {
            service.get().advise(channel, pattern);
            return pattern == Pattern.NORMAL ? List.of() : List.of(advice + " is given");
        } catch (StorageException | RuntimeException e) {
            return List.of(advice + " could not be given: " + e.getMessage());
        }
    }
}
