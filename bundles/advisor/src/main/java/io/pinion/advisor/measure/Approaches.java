package io.pinion.advisor.measure;

import io.pinion.advisor.Confounder;
import io.pinion.advisor.Load;
import io.pinion.advisor.Way;
import io.pinion.memory.BufferPool;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Examination;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which ways can be gone on a bench, and why others can't. For one thread. */
final class Approaches {
    private final Bench bench;
    private final Load load;
    private final boolean device;
    private final Optional<BufferPool> pool;
    private final List<Approach> found = new ArrayList<>();
    private final Map<Way, String> missing = new LinkedHashMap<>();

    private Approaches(Bench bench, Load load, boolean device, Optional<BufferPool> pool) {
        this.bench = bench;
        this.load = load;
        this.device = device;
        this.pool = pool;
    }

    /**
     * Tries each of them.
     *
     * @param cache by which cold ways are made cold
     */
    static Approaches find(Bench bench, Load load, boolean device, Optional<BufferPool> pool, TargetCache cache)
            throws StorageException {
        Approaches approaches = new Approaches(bench, load, device, pool);
        approaches.buffered(cache);
        approaches.direct();
        return approaches;
    }

    private void buffered(TargetCache cache) throws StorageException {
        String mode = bench.use(Bench.BUFFERED).name();
        String warm = cache.empty();
        if (warm.isEmpty()) {
            found.add(Approach.of(Way.BUFFERED_COLD, Bench.BUFFERED, mode, load));
        } else {
            missing.put(Way.BUFFERED_COLD, warm);
        }
        found.add(Approach.of(Way.BUFFERED_WARM, Bench.BUFFERED, mode, load));
        if (bench.capabilities().contains(Capability.UNCACHED_TRANSFERS) && warm.isEmpty()) {
            found.add(Approach.of(Way.BUFFERED_UNCACHED, Bench.BUFFERED, mode + ", RWF_DONTCACHE", load));
        } else {
            missing.put(Way.BUFFERED_UNCACHED, warm.isEmpty() ? uncachedRefusal() : warm);
        }
    }

    private String uncachedRefusal() throws StorageException {
        return bench.examination(Bench.BUFFERED)
                .flatMap(said -> said.notes().stream()
                        .filter(note -> note.contains("uncached"))
                        .findFirst())
                .orElse("it needs bundle io.pinion.linux, and Linux 6.14");
    }

    private void direct() {
        String strategy = strategy(device);
        String mode;
        try {
            Optional<Examination> said = bench.examination(strategy);
            if (said.isEmpty()) {
                missAllDirect("there is no strategy " + strategy + "; start bundle io.pinion." + strategy);
                return;
            }
            if (!said.get().isSuitable()) {
                missAllDirect(String.join("; ", said.get().notes()));
                return;
            }
            ChannelMode seen = bench.use(strategy);
            mode = seen.name();
        } catch (StorageException e) {
            missAllDirect(e.detail());
            return;
        }
        for (Way way : Way.values()) {
            if (!way.isDirect()) {
                continue;
            }
            if (way.isQueued() && load.depth() == 1) {
                missing.put(way, "the load has one request at a time (depth=1)");
            } else if (!Approach.isOrdinary(way) && pool.isEmpty()) {
                missing.put(way, "there is no service BufferPool; start bundle io.pinion.memory");
            } else {
                found.add(Approach.of(way, strategy, mode, load));
            }
        }
    }

    private void missAllDirect(String why) {
        for (Way way : Way.values()) {
            if (way.isDirect()) {
                missing.put(way, why);
            }
        }
    }

    /** {@return the strategy that goes past the page cache} */
    static String strategy(boolean device) {
        return device ? "block" : "direct";
    }

    /** Gives a way up. */
    void drop(Way way, String why) throws StorageException {
        found.removeIf(each -> each.way() == way);
        missing.put(way, why);
        if (way == Way.BUFFERED_WARM && found.isEmpty()) {
            throw StorageException.of(Kind.UNAVAILABLE, Failures.OPERATION, why).build();
        }
    }

    /** {@return the ways that can be gone} */
    Set<Way> ways() {
        return found.stream().map(Approach::way).collect(Collectors.toUnmodifiableSet());
    }

    /** {@return how they are gone} */
    List<Approach> found() {
        return List.copyOf(found);
    }

    /** {@return why the others can't be gone, each reason once} */
    List<Confounder> doubts() {
        Map<String, List<String>> ways = new LinkedHashMap<>();
        missing.forEach((way, why) ->
                ways.computeIfAbsent(why, any -> new ArrayList<>()).add('"' + way.title() + '"'));
        List<Confounder> doubts = new ArrayList<>();
        ways.forEach((why, titles) -> doubts.add(new Confounder(
                Confounder.Kind.MISSING_WAY,
                "Not measured: " + String.join(", ", titles) + ". The reason: " + why + ".")));
        return doubts;
    }
}
