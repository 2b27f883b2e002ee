package io.pinion.shell;

import io.pinion.shell.text.Table;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Shape;
import io.pinion.volume.ConfigurationRefusal;
import io.pinion.volume.VolumeStatus;
import java.util.ArrayList;
import java.util.List;

/** All volumes and drives, a row each, and below it whatever is not as it should be. */
final class VolumeTable {
    private VolumeTable() {}

    static List<String> lines(List<VolumeStatus> volumes, List<ConfigurationRefusal> refusals) {
        List<String> lines = new ArrayList<>();
        if (volumes.isEmpty()) {
            lines.add("no volumes are configured; a file etc/io.pinion.volume-NAME.cfg makes one, and"
                    + " etc/io.pinion.tape-NAME.cfg a tape drive");
        } else {
            lines.addAll(rows(volumes));
        }
        for (ConfigurationRefusal refusal : refusals) {
            if (lines.stream().noneMatch(said -> said.contains(refusal.reason()))) {
                lines.add("refused configuration " + refusal.configuration() + ": " + refusal.reason());
            }
        }
        return lines;
    }

    private static List<String> rows(List<VolumeStatus> volumes) {
        boolean drives = volumes.stream().anyMatch(volume -> volume.shape() == Shape.TAPE);
        Table table = Table.of(
                drives ? "VOLUME, DRIVE" : "VOLUME", "STATE", "STRATEGY", "MODE", "PREFERS", "ACCESS", "TARGET");
        List<String> remarks = new ArrayList<>();
        for (VolumeStatus volume : volumes) {
            table.row(
                    volume.name(),
                    volume.state(),
                    serving(volume),
                    volume.mode().map(ChannelMode::name).orElse("-"),
                    String.join(",", volume.preferences()),
                    volume.access(),
                    volume.target());
            remark(remarks, volume);
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(remarks);
        return lines;
    }

    /** {@return what serves the volume, marked when it was chosen by hand} */
    static String serving(VolumeStatus volume) {
        String strategy = volume.strategy().orElse("-");
        return volume.override().isPresent() ? strategy + " (by hand)" : strategy;
    }

    private static void remark(List<String> remarks, VolumeStatus volume) {
        if (!volume.reason().isEmpty()) {
            remarks.add(volume.name() + ": " + volume.reason());
        }
        volume.problems().stream()
                .filter(problem -> !volume.reason().contains(problem))
                .forEach(problem -> remarks.add(volume.name() + ": " + problem));
    }
}
