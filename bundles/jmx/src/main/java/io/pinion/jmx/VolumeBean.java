package io.pinion.jmx;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks the admin whenever it is asked, and keeps nothing. What fails does so with an exception of the JDK's own, because a
 * remote client has no class of ours.
 */
final class VolumeBean implements VolumeMXBean {
    private final VolumeAdmin admin;
    private final String name;

    VolumeBean(VolumeAdmin admin, String name) {
        this.admin = admin;
        this.name = name;
    }

    private interface Question<T> {
        T ask() throws StorageException;
    }

    private static <T> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (StorageException e) {
            throw failure(e);
        }
    }

    /** The exception that is thrown has no cause: it could not be read on the other side. */
    private static IllegalStateException failure(StorageException failure) {
        return new IllegalStateException(failure.getMessage());
    }

    private VolumeStatus status() {
        return admin.volume(name).orElseThrow(() -> new IllegalStateException("volume " + name + " is gone"));
    }

    private VolumeStatistics statistics() {
        return answer(() -> admin.statistics(name));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getTarget() {
        return status().target().toString();
    }

    @Override
    public String getAccess() {
        return status().access().toString();
    }

    @Override
    public String getState() {
        return status().state().toString();
    }

    @Override
    public String getReason() {
        return status().reason();
    }

    @Override
    public String getStrategy() {
        return status().strategy().orElse("");
    }

    @Override
    public String getMode() {
        return status().mode().map(ChannelMode::name).orElse("");
    }

    @Override
    public String[] getPreferences() {
        return status().preferences().toArray(String[]::new);
    }

    @Override
    public String getOverride() {
        return status().override().orElse("");
    }

    @Override
    public String[] getProblems() {
        return status().problems().toArray(String[]::new);
    }

    @Override
    public long getReads() {
        return statistics().reads();
    }

    @Override
    public long getWrites() {
        return statistics().writes();
    }

    @Override
    public long getFlushes() {
        return statistics().flushes();
    }

    @Override
    public long getFailures() {
        return statistics().failures();
    }

    @Override
    public long getReadBytes() {
        return statistics().readBytes();
    }

    @Override
    public long getWrittenBytes() {
        return statistics().writtenBytes();
    }

    @Override
    public long getInFlight() {
        return statistics().inFlight();
    }

    @Override
    public long getParked() {
        return statistics().parked();
    }

    @Override
    public long getSwaps() {
        return statistics().swaps();
    }

    @Override
    public LatencyView getReadLatency() {
        return new LatencyView(statistics().readLatency());
    }

    @Override
    public LatencyView getWriteLatency() {
        return new LatencyView(statistics().writeLatency());
    }

    @Override
    public LatencyView getSwapPause() {
        return new LatencyView(statistics().pause());
    }

    @Override
    public String getLastFlush() {
        return statistics().durability().lastFlush().map(Instant::toString).orElse("");
    }

    @Override
    public long getUnflushedBytes() {
        return statistics().durability().unflushedBytes();
    }

    @Override
    public double getUnflushedSeconds() {
        return statistics()
                .durability()
                .unflushedSince()
                .map(since -> Math.max(0, Duration.between(since, Instant.now()).toMillis()) / 1e3)
                .orElse(0.0);
    }

    @Override
    public Map<String, StrategyFiguresView> getByStrategy() {
        Map<String, StrategyFiguresView> views = new TreeMap<>();
        statistics().byStrategy().forEach((strategy, figures) -> views.put(strategy, new StrategyFiguresView(figures)));
        return views;
    }

    @Override
    public String[] why() {
        return answer(() -> admin.why(name)).toArray(String[]::new);
    }

    @Override
    public String[] history() {
        return answer(() -> admin.history(name)).stream()
                .map(report -> report.at() + " " + text(report))
                .toArray(String[]::new);
    }

    @Override
    public String swap(String strategy) {
        return text(answer(() -> admin.swap(name, strategy)));
    }

    @Override
    public void clearOverride() {
        answer(() -> {
            admin.clearOverride(name);
            return name;
        });
    }

    private static String text(SwapReport report) {
        String outcome = report.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String from = report.from().isEmpty() ? "nothing" : report.from();
        String paused = report.pauseNanos() == 0
                ? ""
                : String.format(Locale.ROOT, ", paused %.3f ms, parked %d", report.pauseNanos() / 1e6, report.parked());
        return report.volume() + ": " + from + " -> " + report.to() + ", " + outcome + " (" + report.cause() + ")"
                + paused + (report.detail().isEmpty() ? "" : ": " + report.detail());
    }
}
