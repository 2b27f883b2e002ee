package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.strategy.Examination;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.VolumeAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which strategies the demo swaps between, first to last.
 *
 * @param strategies their names
 * @param examination what the first of them says of the target
 */
record Choice(List<String> strategies, Examination examination) {
    private static final int LEAST = 2;

    /**
     * {@return the strategies that were asked for, or all that suit the target}
     *
     * @param wanted by name; none for all that suit
     * @throws CommandFailure one that was asked for doesn't suit; or of all no two do, between which it could be swapped
     */
    static Choice of(VolumeAdmin admin, Target target, List<String> wanted) throws CommandFailure {
        List<StrategyChoice> all;
        try {
            all = admin.strategies(target);
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return wanted.isEmpty() ? suitable(all, target) : required(all, target, wanted);
    }

    private static Choice suitable(List<StrategyChoice> all, Target target) throws CommandFailure {
        List<StrategyChoice> chosen = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (StrategyChoice choice : all) {
            String why = whyNot(choice.examination(), chosen);
            if (why.isEmpty()) {
                chosen.add(choice);
            } else {
                others.add(choice.strategy() + ": " + why);
            }
        }
        if (chosen.size() < LEAST) {
            String suits = chosen.isEmpty() ? "none" : chosen.get(0).strategy() + " alone";
            String remedy = chosen.isEmpty()
                    ? ""
                    : ", or do without swaps by --strategies " + names(chosen).get(0);
            throw new CommandFailure("it takes two strategies to swap between, and of those that are here " + suits
                    + " suits " + target + " (" + String.join("; ", others) + "); name another target by --target"
                    + remedy);
        }
        return new Choice(names(chosen), chosen.get(0).examination());
    }

    /** {@return why a strategy can't be swapped to from the first that was chosen; empty when it can} */
    private static String whyNot(Examination found, List<StrategyChoice> chosen) {
        if (!found.isSuitable()) {
            return String.join("; ", found.notes());
        }
        if (!found.access().canWrite()) {
            return "it can only be read";
        }
        String identity = chosen.isEmpty()
                ? found.identity()
                : chosen.get(0).examination().identity();
        return identity.equals(found.identity()) ? "" : "it takes it for " + found.identity() + ", not for " + identity;
    }

    private static Choice required(List<StrategyChoice> all, Target target, List<String> wanted) throws CommandFailure {
        for (String strategy : wanted) {
            Examination found = find(all, target, strategy);
            if (!found.isSuitable()) {
                throw new CommandFailure("strategy " + strategy + " can't serve " + target + ": "
                        + String.join("; ", found.notes())
                        + "; name another target by --target, or other strategies by --strategies");
            }
        }
        return new Choice(wanted, find(all, target, wanted.get(0)));
    }

    private static Examination find(List<StrategyChoice> all, Target target, String strategy) throws CommandFailure {
        return all.stream()
                .filter(choice -> choice.strategy().equals(strategy))
                .map(StrategyChoice::examination)
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no strategy " + strategy + " for " + target
                        + "; there are: " + String.join(", ", names(all))));
    }

    private static List<String> names(List<StrategyChoice> choices) {
        return choices.stream().map(StrategyChoice::strategy).collect(Collectors.toUnmodifiableList());
    }
}
