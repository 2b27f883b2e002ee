package io.pinion.buffered;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import io.pinion.strategy.PageCacheAdvice;
import io.pinion.strategy.PageCacheAdvice.Pattern;
import io.pinion.strategy.StorageException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** {@return this advice as the properties configure it; properties that are refused change the problem alone} */
    Advice configured(Map<String, ?> properties) {
        try {
            ConfigurationValues values = ConfigurationValues.ofStrategy(properties);
            Pattern wanted = values.choice("advice", Pattern.class, BufferedConfiguration.ADVICE);
            values.refuseUnknown();
            return new Advice(wanted, service, "");
        } catch (ConfigurationRefused e) {
            return new Advice(pattern, service, e.getMessage() + "; it stays advice=" + word(pattern));
        }
    }

    /** {@return why the latest configuration is refused, and what stays; empty when it isn't} */
    String problem() {
        return problem;
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
        Optional<String> note = Optional.of(problem)
                .filter(text -> !text.isEmpty())
                .map(text -> text + ": correct it in " + BufferedStrategy.PID);
        Optional<String> outcome = outcome(channel, fresh);
        return Stream.concat(note.stream(), outcome.stream()).toList();
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
