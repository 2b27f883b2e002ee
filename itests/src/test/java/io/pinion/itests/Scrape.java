package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatistics.ByStrategy;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What volume busy shows to Prometheus at one moment. */
final class Scrape {
    private static final int LONGEST_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    private final Map<String, Double> samples = new LinkedHashMap<>();

    private Scrape(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            String value = line.substring(space + 1).replace("+Inf", "Infinity");
            samples.put(line.substring(0, space), Double.parseDouble(value));
        });
    }

    static Scrape of(int port) throws IOException {
        var url = URI.create("http://127.0.0.1:" + port + "/metrics").toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(LONGEST_MILLIS);
        connection.setReadTimeout(LONGEST_MILLIS);
        assertEquals(HttpURLConnection.HTTP_OK, connection.getResponseCode());
        try (var body = connection.getInputStream()) {
            return new Scrape(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** {@return whether a scrape is answered} Of an endpoint that is being closed, the connection may end halfway. */
    static boolean isThere(int port) throws IOException {
        try {
            of(port);
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    double value(String sample) {
        assertTrue(sample + " in " + samples.keySet(), samples.containsKey(sample));
        return samples.get(sample);
    }

    void assertNoCounterBehind(Scrape earlier) {
        earlier.samples.forEach((sample, value) -> {
            if (sample.contains("_total{") || sample.contains("_bucket{") || sample.contains("_count{")) {
                assertTrue(sample + " was " + value + " and is " + value(sample), value(sample) >= value);
            }
        });
    }

    /** The admin was asked before and after. */
    void assertBetween(VolumeStatistics before, VolumeStatistics after) {
        between("reads_total", before, after, VolumeStatistics::reads);
        between("writes_total", before, after, VolumeStatistics::writes);
        between("flushes_total", before, after, VolumeStatistics::flushes);
        between("read_bytes_total", before, after, VolumeStatistics::readBytes);
        between("written_bytes_total", before, after, VolumeStatistics::writtenBytes);
        between("parked_operations_total", before, after, VolumeStatistics::parked);
        between("swaps_total", before, after, VolumeStatistics::swaps);
        between(
                "read_latency_seconds_count",
                before,
                after,
                figures -> figures.readLatency().samples());
        before.byStrategy().keySet().forEach(strategy -> {
            between(strategy, "bytes_total", before, after, ByStrategy::bytes);
            between(strategy, "zero_copy_bytes_total", before, after, ByStrategy::zeroCopyBytes);
            between(strategy, "bounced_bytes_total", before, after, ByStrategy::bouncedBytes);
        });
    }

    private void between(
            String name, VolumeStatistics before, VolumeStatistics after, ToLongFunction<VolumeStatistics> figure) {
        String sample = "pinion_volume_" + name + "{volume=\"busy\"}";
        between(sample, figure.applyAsLong(before), figure.applyAsLong(after));
    }

    private void between(
            String strategy,
            String name,
            VolumeStatistics before,
            VolumeStatistics after,
            ToLongFunction<ByStrategy> figure) {
        String sample = "pinion_volume_strategy_" + name + "{strategy=\"" + strategy + "\",volume=\"busy\"}";
        between(
                sample,
                figure.applyAsLong(before.byStrategy().get(strategy)),
                figure.applyAsLong(after.byStrategy().get(strategy)));
    }

    private void between(String sample, long least, long most) {
        double value = value(sample);
        assertTrue(least + " <= " + sample + "=" + value + " <= " + most, least <= value && value <= most);
    }
}
