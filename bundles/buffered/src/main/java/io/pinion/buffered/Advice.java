package io.pinion.buffered;

import io.pinion.strategy.PageCacheAdvice;
import io.pinion.strategy.PageCacheAdvice.Pattern;
import io.pinion.strategy.StorageException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the kernel is to be told about reading, by what service, and what is to be said of it. Immutable. */
final class Advice {
    /** Nothing to tell. */
    static final Advice NONE = new Advice(Pattern.NORMAL, null, "");

    private final Pattern pattern;
    private final PageCacheAdvice service;
    private final String problem;

    private Advice(Pattern pattern, PageCacheAdvice service, String problem) {
        this.pattern = pattern;
        this.service = service;
        this.problem = problem;
    }

    /** {@return this advice with the configured word, none being the default; a wrong one changes the notes alone} */
    Advice configured(String word) {
        String wanted = word.isBlank() ? word(Pattern.NORMAL) : word.strip();
        for (Pattern known : Pattern.values()) {
            if (word(known).equals(wanted)) {
                return new Advice(known, service, "");
            }
        }
        String refused = "advice=" + word + " is refused, allowed are normal, sequential and random; it stays "
                + word(pattern) + ": correct it in " + BufferedStrategy.PID;
        return new Advice(pattern, service, refused);
    }

    /** {@return this advice, given by another service} */
    Advice by(PageCacheAdvice newService) {
        return new Advice(pattern, newService, problem);
    }

    /** {@return this advice without the service, if it is still the one that it is given by} */
    Advice without(PageCacheAdvice oldService) {
        return service == oldService ? new Advice(pattern, null, problem) : this;
    }

    /**
     * Tells the kernel. A failure is no reason not to serve.
     *
     * @param fresh whether the descriptor is new, and so as it should be when there is nothing in particular to tell
     * @return what the operator should know
     */
    List<String> give(FileChannel channel, boolean fresh) {
        Optional<String> outcome = outcome(channel, fresh);
        return problem.isEmpty()
                ? outcome.map(List::of).orElse(List.of())
                : outcome.map(text -> List.of(problem, text)).orElse(List.of(problem));
    }

    private Optional<String> outcome(FileChannel channel, boolean fresh) {
        if (pattern == Pattern.NORMAL && (fresh || service == null)) {
            return Optional.empty();
        }
        if (service == null) {
            return Optional.of("advice=" + word(pattern) + " is not given: there is no service PageCacheAdvice;"
                    + " start bundle io.pinion.linux");
        }
        try {
            service.advise(channel, pattern);
            return pattern == Pattern.NORMAL ? Optional.empty() : Optional.of("advice=" + word(pattern) + " is given");
        } catch (StorageException | RuntimeException e) {
            return Optional.of("advice=" + word(pattern) + " could not be given: " + e.getMessage());
        }
    }

    private static String word(Pattern pattern) {
        return pattern.name().toLowerCase(Locale.ROOT);
    }
}
