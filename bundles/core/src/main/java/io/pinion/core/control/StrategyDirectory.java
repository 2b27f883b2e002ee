package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.strategy.Shape;
import io.pinion.volume.StrategyStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The strategies that are registered now and, for who asks, those that ought to be. Safe for any thread. */
final class StrategyDirectory {
    private static final Comparator<StrategyEntry> BEST_FIRST =
            Comparator.comparingInt(StrategyEntry::ranking).reversed().thenComparingLong(StrategyEntry::id);

    private final List<StrategyEntry> entries = new CopyOnWriteArrayList<>();
    private final Absentees absentees;

    StrategyDirectory(Absentees absentees) {
        this.absentees = absentees;
    }

    void add(StrategyEntry entry) {
        entries.add(entry);
    }

    /** Puts the registration in the place of what it was before; {@return that} */
    Optional<StrategyEntry> replace(StrategyEntry entry) {
        Optional<StrategyEntry> before = find(entry.id());
        entries.replaceAll(e -> e.id() == entry.id() ? entry : e);
        return before;
    }

    Optional<StrategyEntry> remove(long id) {
        Optional<StrategyEntry> entry = find(id);
        entries.removeIf(e -> e.id() == id);
        return entry;
    }

    private Optional<StrategyEntry> find(long id) {
        return entries.stream().filter(e -> e.id() == id).findFirst();
    }

    /** {@return whether the registration is there still} */
    boolean has(StrategyEntry entry) {
        return entries.contains(entry);
    }

    /** {@return the registration that volumes, or drives, use under this name} */
    Optional<StrategyEntry> find(String name, Shape shape) {
        return entries.stream()
                .filter(e -> e.isUsable() && e.name().equals(name) && e.shape() == shape)
                .min(BEST_FIRST);
    }

    /** {@return the registrations that are used, by name} */
    List<StrategyEntry> used() {
        return entries.stream()
                .filter(e -> find(e.name(), e.shape()).equals(Optional.of(e)))
                .sorted(Comparator.comparing(StrategyEntry::name))
                .toList();
    }

    /** {@return the strategies that the configuration allows; of auto alone, those that serve the target's scheme, by name} */
    List<String> allowed(VolumeConfiguration wanted) {
        if (!wanted.auto() || !wanted.strategies().isEmpty()) {
            return wanted.strategies();
        }
        return used().stream()
                .filter(e -> e.shape() == wanted.shape()
                        && e.schemes().contains(wanted.target().scheme()))
                .map(StrategyEntry::name)
                .toList();
    }

    /** {@return the names that volumes, or drives, can use, for messages} */
    String names(Shape shape) {
        String names = used().stream()
                .filter(e -> e.shape() == shape)
                .map(StrategyEntry::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** {@return why volumes, or drives, find no strategy of this name, as far as registrations tell} */
    String lacking(String name, Shape shape) {
        return entries.stream()
                .filter(e -> e.name().equals(name))
                .min(BEST_FIRST)
                .map(e -> e.isUsable()
                        ? "strategy=" + name + " is for " + users(e.shape()) + "; allowed for " + users(shape) + ": "
                                + names(shape)
                        : "strategy=" + name + " of " + e.provider() + " cannot be used: "
                                + e.properties().unusable())
                .orElseGet(() -> "strategy=" + name + " is not registered; registered are: " + names(shape));
    }

    private static String users(Shape shape) {
        return shape == Shape.TAPE ? "tape drives" : "volumes";
    }

    /** {@return as {@link #lacking}, by all that is installed} For commands: it looks far. */
    String lackingInFull(String name, Shape shape) {
        return Stream.concat(Stream.of(lacking(name, shape)), absent(name)).collect(Collectors.joining("; "));
    }

    /** {@return why a strategy of this name that ought to be registered is not; nothing when none ought to be} */
    Stream<String> absent(String name) {
        return absentees.besides(entries).stream()
                .filter(absent -> absent.name().equals(name))
                .map(StrategyStatus::problem);
    }

    /**
     * {@return every registration, with the volumes that it serves and what is wrong with it, and what ought to be
     * registered} For commands.
     */
    List<StrategyStatus> status(Function<StrategyEntry, List<String>> volumesOf) {
        Stream<StrategyStatus> registered = entries.stream()
                .sorted(BEST_FIRST)
                .map(e -> new StrategyStatus(
                        e.name(),
                        e.provider(),
                        e.ranking(),
                        e.schemes().stream().sorted().toList(),
                        e.shape(),
                        volumesOf.apply(e),
                        problem(e)));
        return Stream.concat(registered, absentees.besides(entries).stream())
                .sorted(Comparator.comparing(StrategyStatus::name))
                .toList();
    }

    private String problem(StrategyEntry entry) {
        if (!entry.isUsable()) {
            return entry.properties().unusable();
        }
        StrategyEntry best = find(entry.name(), entry.shape()).orElse(entry);
        return best.equals(entry)
                ? entry.properties().remark()
                : "shadowed by " + best.provider() + ", which has the same name and service.ranking=" + best.ranking()
                        + tie(best, entry);
    }

    private static String tie(StrategyEntry best, StrategyEntry entry) {
        return best.ranking() == entry.ranking() ? ", as this one, and was registered earlier" : "";
    }
}
