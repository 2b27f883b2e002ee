package io.pinion.shell;

import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.volume.SwapReport;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A volume's swaps and attempts, and one swap in a sentence. */
final class HistoryTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private HistoryTable() {}

    static List<String> lines(String volume, List<SwapReport> history) {
        if (history.isEmpty()) {
            return List.of(volume + ": no swap yet");
        }
        Table table = Table.of(
                "AT", "FROM", "TO", "OUTCOME", "CAUSE", ">PREPARED", ">FLUSHES", ">PAUSE", ">PARKED", "DETAIL");
        for (SwapReport swap : history) {
            table.row(
                    TIME.format(swap.at().atZone(ZoneId.systemDefault())),
                    swap.from().isEmpty() ? "-" : swap.from(),
                    swap.to().isEmpty() ? "-" : swap.to(),
                    outcome(swap),
                    swap.cause(),
                    Units.nanos(swap.prepareNanos()),
                    swap.preflushNanos().size(),
                    swap.pauseNanos() == 0 ? "-" : Units.nanos(swap.pauseNanos()),
                    Units.count(swap.parked()),
                    detail(swap));
        }
        return table.lines();
    }

    private static String detail(SwapReport swap) {
        if (!swap.writersSlowed()) {
            return swap.detail();
        }
        return swap.detail().isEmpty() ? "writers were slowed" : "writers were slowed; " + swap.detail();
    }

    static String sentence(SwapReport swap) {
        String from = swap.from().isEmpty() ? "nothing" : swap.from();
        return switch (swap.outcome()) {
            case PUBLISHED ->
                swap.volume() + ": " + from + " -> " + swap.to() + ", paused "
                        + Units.nanos(swap.pauseNanos()) + " (" + Units.count(swap.parked(), "operation")
                        + " parked), prepared in " + Units.nanos(swap.prepareNanos());
            case UNCHANGED -> swap.volume() + ": " + swap.to() + " serves it already";
            case REFUSED, ROLLED_BACK, FLUSH_FAILED, SUPERSEDED ->
                swap.volume() + ": " + from + " -> " + swap.to() + " was " + outcome(swap) + ": " + swap.detail();
        };
    }

    private static String outcome(SwapReport swap) {
        return swap.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
