package io.pinion.core.control;

import io.pinion.strategy.Shape;
import io.pinion.volume.StrategyStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The strategies that are registered now. Safe for any thread. */
final class StrategyDirectory {
    private static final Comparator<StrategyEntry> BEST_FIRST =
            Comparator.comparingInt(StrategyEntry::ranking).reversed().thenComparingLong(StrategyEntry::id);

    private final List<StrategyEntry> entries = new CopyOnWriteArrayList<>();

    void add(StrategyEntry entry) {
        entries.add(entry);
    }

    Optional<StrategyEntry> remove(long id) {
        Optional<StrategyEntry> entry =
                entries.stream().filter(e -> e.id() == id).findFirst();
        entry.ifPresent(entries::remove);
        return entry;
    }

    /** {@return whether the registration is there still} */
    boolean has(StrategyEntry entry) {
        return entries.contains(entry);
    }

    /** {@return the registration that is used under this name} */
    Optional<StrategyEntry> find(String name) {
        return entries.stream()
                .filter(e -> e.name().equals(name) && e.shape() == Shape.POSITIONAL)
                .min(BEST_FIRST);
    }

    /** {@return the registrations that are used, by name} */
    List<StrategyEntry> used() {
        return entries.stream()
                .filter(e -> problem(e).isEmpty())
                .sorted(Comparator.comparing(StrategyEntry::name))
                .toList();
    }

    /** {@return the names that can be used, for messages} */
    String names() {
        String names = used().stream().map(StrategyEntry::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** {@return every registration, with the volumes that it serves and why it may not be used} */
    List<StrategyStatus> status(Function<StrategyEntry, List<String>> volumesOf) {
        return entries.stream()
                .sorted(Comparator.comparing(StrategyEntry::name).thenComparing(BEST_FIRST))
                .map(e -> new StrategyStatus(
                        e.name(),
                        e.provider(),
                        e.ranking(),
                        e.schemes().stream().sorted().toList(),
                        e.shape(),
                        volumesOf.apply(e),
                        problem(e)))
                .toList();
    }

    private String problem(StrategyEntry entry) {
        if (entry.name().isEmpty()) {
            return "its service lacks the property pinion.strategy, so no configuration can name it";
        }
        Optional<StrategyEntry> best = entries.stream()
                .filter(e -> e.name().equals(entry.name()) && e.shape() == entry.shape())
                .min(BEST_FIRST);
        return best.isEmpty() || best.get() == entry
                ? ""
                : "shadowed by " + best.get().provider() + ", which has the same name and service.ranking="
                        + best.get().ranking();
    }
}
