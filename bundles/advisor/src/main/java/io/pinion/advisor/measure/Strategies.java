package io.pinion.advisor.measure;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Shape;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The strategies that are there, and may leave while they are measured: a Pinion that has them loses them then, as volumes do. Any
 * thread.
 */
final class Strategies {
    private final Map<IoStrategy, Offer> offers = new LinkedHashMap<>();

    /** What a service says of itself, and where it was added. */
    private static final class Offer {
        private final String name;
        private final int ranking;
        private final List<Pinion.Registration> added = new ArrayList<>();

        Offer(String name, int ranking) {
            this.name = name;
            this.ranking = ranking;
        }
    }

    /** One has come; those that serve no files and devices are passed over. */
    synchronized void add(IoStrategy strategy, Map<String, Object> properties) {
        boolean positional = Shape.POSITIONAL
                .toString()
                .equals(String.valueOf(properties.getOrDefault("pinion.strategy.shape", Shape.POSITIONAL.toString())));
        boolean paths = texts(properties.getOrDefault("pinion.strategy.schemes", Target.PATH))
                .contains(Target.PATH);
        if (positional && paths && properties.get("pinion.strategy") instanceof String name) {
            int ranking = properties.get("service.ranking") instanceof Integer number ? number : 0;
            offers.put(strategy, new Offer(name, ranking));
        }
    }

    /** One leaves. Returns when nobody calls it any more, or after some seconds. */
    void remove(IoStrategy strategy) {
        Offer left;
        synchronized (this) {
            left = offers.remove(strategy);
        }
        if (left != null) {
            left.added.forEach(Pinion.Registration::close);
        }
    }

    /** Adds them all to a Pinion. */
    synchronized void addTo(Pinion pinion) {
        offers.forEach((strategy, offer) ->
                offer.added.add(pinion.add(offer.name, strategy, List.of(Target.PATH), offer.ranking)));
    }

    /** Forgets where they were added: that Pinion is closed. */
    synchronized void forget() {
        offers.values().forEach(offer -> offer.added.clear());
    }

    /** {@return whether there is one of that name} */
    synchronized boolean has(String name) {
        return offers.values().stream().anyMatch(offer -> offer.name.equals(name));
    }

    private static List<String> texts(Object property) {
        return property instanceof String[] several ? List.of(several) : List.of(property.toString());
    }
}
