package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.sample.PoolFirstUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@link PoolFirstUse} beside the same in C, once a round. */
public final class FirstUse {
    private final List<Double> first = new ArrayList<>();
    private final List<Double> second = new ArrayList<>();
    private final List<Double> inC = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** {@return what was measured so, in nanoseconds} */
    public static FirstUse of(List<Double> first, List<Double> second, List<Double> inC) {
        FirstUse made = new FirstUse();
        made.first.addAll(first);
        made.second.addAll(second);
        made.inC.addAll(inC);
        return made;
    }

    void sample(Peers peers, boolean pinionFirst) throws IOException, InterruptedException {
        if (!pinionFirst) {
            inC.add(peers.firstUseInC());
        }
        Output output = Output.of(Command.run(Command.java(PoolFirstUse.class, List.of())));
        first.add(output.figure("first"));
        second.add(output.figure("second"));
        notes.addAll(output.notes());
        if (pinionFirst) {
            inC.add(peers.firstUseInC());
        }
    }

    /** {@return nanoseconds of the first lease, of each round} */
    public List<Double> first() {
        return List.copyOf(first);
    }

    /** {@return nanoseconds of the second lease, of each round} */
    public List<Double> second() {
        return List.copyOf(second);
    }

    /** {@return nanoseconds that C took, of each round; NaN where it is missing} */
    public List<Double> inC() {
        return List.copyOf(inC);
    }

    /** {@return what the pool said about its memory} */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
