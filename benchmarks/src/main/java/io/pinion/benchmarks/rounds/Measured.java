package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.plan.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came of a workload: samples of each way by its title, one a round; and the ways that could not be gone. */
public final class Measured {
    private final Workload workload;
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** Nothing yet. */
    public Measured(Workload workload) {
        this.workload = workload;
        samples.put(workload.own().title(), new ArrayList<>());
        samples.put(Workload.AGAIN, new ArrayList<>());
        workload.peers().forEach(peer -> samples.put(peer.title(), new ArrayList<>()));
    }

    /** Adds a sample of a way. */
    public void add(String title, Sample sample) {
        samples.get(title).add(sample);
    }

    /** A way is missing, in all rounds. */
    public void lacks(String title, String why) {
        samples.remove(title);
        missing.put(title, why);
    }

    /** All ways are missing, since what they go to is. */
    public void lacksAll(String why) {
        samples.clear();
        missing.put("all ways", why);
    }

    void note(List<String> said) {
        notes.addAll(said);
    }

    /** {@return what was measured} */
    public Workload workload() {
        return workload;
    }

    /** {@return the titles of the ways that are there, Pinion first; none when nothing could be measured} */
    public List<String> titles() {
        return List.copyOf(samples.keySet());
    }

    /** {@return a way's samples in the order of rounds; none when it is missing} */
    public List<Sample> samples(String title) {
        return List.copyOf(samples.getOrDefault(title, List.of()));
    }

    /** {@return why ways are missing, by title} */
    public Map<String, String> missing() {
        return Map.copyOf(missing);
    }

    /** {@return what Pinion said about how it did it} */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
