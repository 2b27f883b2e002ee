package io.pinion.shell;

import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.StrategyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The strategies that are registered or ought to be, or what each says of a target. */
final class StrategyTable {
    private StrategyTable() {}

    static List<String> lines(List<StrategyStatus> strategies) {
        if (strategies.isEmpty()) {
            return List.of("no strategy is registered; install a strategy's bundle, or drop it into deploy/");
        }
        Table table = Table.of("STRATEGY", "SHAPE", "SCHEMES", ">RANKING", "SERVES", "PROVIDER", "NOTE");
        for (StrategyStatus strategy : strategies) {
            table.row(
                    strategy.name().isEmpty() ? "-" : strategy.name(),
                    strategy.shape(),
                    String.join(",", strategy.schemes()),
                    strategy.ranking(),
                    strategy.volumes().isEmpty() ? "-" : String.join(",", strategy.volumes()),
                    strategy.provider(),
                    strategy.problem().isEmpty() ? "" : "see below");
        }
        List<String> lines = new ArrayList<>(table.lines());
        strategies.stream()
                .filter(strategy -> !strategy.problem().isEmpty())
                .forEach(strategy -> lines.addAll(remark(strategy)));
        return lines;
    }

    private static List<String> remark(StrategyStatus strategy) {
        boolean saysWhose = strategy.problem().contains(strategy.provider());
        String who = saysWhose ? strategy.name() : strategy.name() + " of " + strategy.provider();
        return Table.wrap((who + ": " + strategy.problem()).strip(), Table.WIDTH);
    }

    static List<String> choices(List<StrategyChoice> choices) {
        Table table = Table.of("STRATEGY", "SUITABLE", "ALIGNMENT", ">BEST SIZE", "NOTES");
        for (StrategyChoice choice : choices) {
            Examination found = choice.examination();
            Geometry geometry = found.geometry();
            table.row(
                    choice.strategy(),
                    found.isSuitable() ? "yes" : "no",
                    found.isSuitable() ? alignment(geometry) : "-",
                    found.isSuitable() ? Units.bytes(geometry.optimalIoSize()) : "-",
                    notes(found));
        }
        return table.lines();
    }

    private static String alignment(Geometry geometry) {
        if (geometry.memoryAlignment() == 1 && geometry.offsetAlignment() == 1 && geometry.lengthAlignment() == 1) {
            return "none";
        }
        return "buffer " + geometry.memoryAlignment() + ", offset " + geometry.offsetAlignment() + ", length "
                + geometry.lengthAlignment();
    }

    private static String notes(Examination found) {
        String can = found.capabilities().stream()
                .map(Capability::name)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        String notes = String.join("; ", found.notes());
        if (can.isEmpty() || notes.isEmpty()) {
            return can + notes;
        }
        return can + "; " + notes;
    }
}
