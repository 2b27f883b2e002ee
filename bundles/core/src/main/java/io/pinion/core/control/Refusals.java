package io.pinion.core.control;

import io.pinion.strategy.Shape;
import io.pinion.volume.ConfigurationRefusal;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Configurations as they come, and those of them that were refused: so that they can be shown, and tried again when what
 * they were refused for may have changed. Safe for any thread.
 */
final class Refusals {
    private final Map<String, Long> latest = new HashMap<>();
    private final Map<String, Refused> refused = new TreeMap<>();
    private long count;

    /**
     * A configuration as it came.
     *
     * @param shape whether it is of a volume or a drive
     * @param number grows with each that comes
     * @param defaultName the volume's name when the properties have none
     */
    record Candidate(Shape shape, String pid, long number, String defaultName, Map<String, ?> properties) {
        /** {@return the word for what it is of, and its name} */
        @Override
        public String toString() {
            return (shape == Shape.TAPE ? "drive " : "volume ") + name();
        }

        String name() {
            String given = Objects.toString(properties.get("name"), "").trim();
            return given.isEmpty() ? defaultName : given;
        }
    }

    private record Refused(Candidate candidate, String reason) {}

    /** {@return what has come, the latest of its PID} */
    synchronized Candidate came(Shape shape, String pid, String defaultName, Map<String, ?> properties) {
        Candidate candidate =
                new Candidate(shape, pid, ++count, defaultName, Collections.unmodifiableMap(new HashMap<>(properties)));
        latest.put(pid, candidate.number());
        return candidate;
    }

    /** {@return whether no other of its PID has come since, and the configuration was not deleted} */
    synchronized boolean isLatest(Candidate candidate) {
        return latest.getOrDefault(candidate.pid(), 0L) == candidate.number();
    }

    synchronized void refused(Candidate candidate, String reason) {
        if (isLatest(candidate)) {
            refused.put(candidate.pid(), new Refused(candidate, reason));
        }
    }

    synchronized void taken(Candidate candidate) {
        if (isLatest(candidate)) {
            refused.remove(candidate.pid());
        }
    }

    synchronized void deleted(String pid) {
        latest.remove(pid);
        refused.remove(pid);
    }

    /** {@return what was refused and not corrected since, the eldest first} */
    synchronized List<Candidate> candidates() {
        return refused.values().stream()
                .map(Refused::candidate)
                .sorted(Comparator.comparingLong(Candidate::number))
                .toList();
    }

    synchronized List<ConfigurationRefusal> list() {
        return refused.values().stream()
                .map(r -> new ConfigurationRefusal(
                        r.candidate().pid(), r.candidate().name(), r.reason()))
                .toList();
    }
}
