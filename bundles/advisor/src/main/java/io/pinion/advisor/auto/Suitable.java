package io.pinion.advisor.auto;

import io.pinion.volume.StrategyChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The strategies that can serve a target, as their examinations say: through the page cache, which takes any offset, or past
 * it, where offsets are to be aligned.
 *
 * @param cached those through the page cache
 * @param direct those past it
 * @param unsuitable why others can't
 */
record Suitable(List<String> cached, List<String> direct, String unsuitable) {
    static final Suitable NONE = new Suitable(List.of(), List.of(), "");

    static Suitable of(List<StrategyChoice> choices) {
        return new Suitable(
                names(choices, true),
                names(choices, false),
                choices.stream()
                        .filter(choice -> !choice.examination().isSuitable())
                        .map(choice -> choice.strategy() + ": "
                                + String.join(" ", choice.examination().notes()))
                        .collect(Collectors.joining("; ")));
    }

    private static List<String> names(List<StrategyChoice> choices, boolean anyOffset) {
        return choices.stream()
                .filter(choice -> choice.examination().isSuitable()
                        && (choice.examination().geometry().offsetAlignment() == 1) == anyOffset)
                .map(StrategyChoice::strategy)
                .toList();
    }

    /** {@return all that can, those through the page cache first} */
    List<String> inOrder() {
        List<String> all = new ArrayList<>(cached);
        all.addAll(direct);
        return all;
    }

    boolean isCached(String strategy) {
        return cached.contains(strategy);
    }

    /** {@return who may do better than this one: the first of the other sort} */
    Optional<String> besides(String strategy) {
        return (isCached(strategy) ? direct : cached).stream().findFirst();
    }
}
