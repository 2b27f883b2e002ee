package io.pinion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.memory.BufferLease;
import io.pinion.memory.BufferPool;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.PoolStatus;
import io.pinion.memory.RegisteredMemory;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PinionCollectorTest {
    private static final String LEDGER = "ledger";

    @TempDir
    Path directory;

    private final Pinion pinion = Pinion.start();
    private Optional<PagePinner> pinner = Optional.empty();
    private Optional<RegisteredMemory> registered = Optional.empty();
    private Optional<BufferPool> pool = Optional.empty();
    private final PinionCollector collector =
            new PinionCollector("1.2.3", pinion.admin(), () -> pinner, () -> registered, () -> pool);
    private Volume volume;

    @BeforeEach
    void open() throws StorageException {
        pinion.add("buffered", new BufferedStrategy());
        pinion.add("again", new BufferedStrategy());
        configure(LEDGER, "again,buffered");
        configure("lost", "nowhere");
        volume = pinion.volume(LEDGER, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        pinion.close();
    }

    private void configure(String name, String strategies) throws StorageException {
        String target = directory.resolve("the \"" + name + "\" file").toString();
        pinion.configure(name, Map.of("target", target, "strategy", strategies, "size", "4KiB", "settle", "0s"));
    }

    private ExpositionText scrape() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, collector.collect());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new ExpositionText(bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void figures_are_those_of_the_admin() throws Exception {
        volume.write(ByteBuffer.allocate(100), 0);
        volume.flush();
        volume.read(ByteBuffer.allocate(60), 0);
        ExpositionText text = scrape();
        assertThat(text.value("pinion_volume_written_bytes_total", "volume", LEDGER))
                .isEqualTo(100);
        assertThat(text.value("pinion_volume_read_bytes_total", "volume", LEDGER))
                .isEqualTo(60);
        assertThat(text.value("pinion_volume_flushes_total", "volume", LEDGER)).isEqualTo(1);
        assertThat(text.value("pinion_volume_unflushed_bytes", "volume", LEDGER))
                .isZero();
        assertThat(text.value("pinion_volume_last_flush_timestamp_seconds", "volume", LEDGER))
                .isCloseTo(System.currentTimeMillis() / 1e3, offset(60.0));
        assertThat(text.value("pinion_volume_read_latency_seconds_count", "volume", LEDGER))
                .isEqualTo(1);
        assertThat(text.value("pinion_volume_strategy_bytes_total", "volume", LEDGER, "strategy", "again"))
                .isEqualTo(160);
        assertThat(text.value("pinion_build_info", "version", "1.2.3")).isEqualTo(1);
    }

    @Test
    void every_state_is_there_so_that_an_alert_can_name_it() throws Exception {
        ExpositionText text = scrape();
        assertThat(text.value("pinion_volume_state", "volume", LEDGER, "state", "OPEN"))
                .isEqualTo(1);
        assertThat(text.value("pinion_volume_state", "volume", LEDGER, "state", "FAILED"))
                .isZero();
        assertThat(text.value("pinion_volume_state", "volume", "lost", "state", "WAITING"))
                .isEqualTo(1);
        assertThat(text.value("pinion_volume_choice", "volume", LEDGER)).isEqualTo(1);
        assertThat(text.value("pinion_volume_choice", "volume", "lost")).isZero();
        while (scrape().value("pinion_volume_problems", "volume", "lost") != 1) {
            Thread.onSpinWait();
        }
        assertThat(text.samples().keySet())
                .anyMatch(sample ->
                        sample.startsWith("pinion_volume_info{") && sample.contains("the \\\"ledger\\\" file"));
        pinion.admin().swap(LEDGER, "buffered");
        assertThat(scrape().value("pinion_volume_choice", "volume", LEDGER)).isEqualTo(2);
    }

    @Test
    void what_the_documents_name_is_there() throws Exception {
        pinner = Optional.of(new Unlimited());
        registered = Optional.of(() -> 512);
        pool = Optional.of(new Leasing());
        volume.write(ByteBuffer.allocate(100), 0);
        volume.flush();
        volume.write(ByteBuffer.allocate(100), 0);
        Set<String> there = scrape().samples().keySet().stream()
                .map(sample -> sample.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        Matcher name =
                Pattern.compile("\\bpinion_[a-z_]+").matcher(Files.readString(Path.of("../../docs/operating.md")));
        while (name.find()) {
            named.add(name.group());
        }
        assertThat(named)
                .hasSizeGreaterThan(15)
                .allSatisfy(metric -> assertThat(there).containsAnyOf(metric, metric + "_bucket"));
    }

    @Test
    void memory_is_shown_where_something_pins() {
        assertThat(scrape().types()).doesNotContainKey("pinion_memory_pinned_bytes");
        pinner = Optional.of(new Unlimited());
        assertThat(scrape().value("pinion_memory_pinned_bytes")).isEqualTo(4096);
        assertThat(scrape().value("pinion_memory_pinned_limit_bytes")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void leases_are_shown_where_there_is_a_pool() {
        assertThat(scrape().types()).doesNotContainKeys("pinion_pool_leased_bytes", "pinion_memory_registered_bytes");
        pinner = Optional.of(new Unlimited());
        registered = Optional.of(() -> 512);
        pool = Optional.of(new Leasing());
        ExpositionText text = scrape();
        assertThat(text.value("pinion_memory_registered_bytes")).isEqualTo(512);
        assertThat(text.value("pinion_pool_leased_bytes")).isEqualTo(1);
        assertThat(text.value("pinion_pool_held_bytes")).isEqualTo(2);
        assertThat(text.value("pinion_pool_limit_bytes")).isEqualTo(3);
        assertThat(text.value("pinion_pool_arenas")).isEqualTo(4);
        assertThat(text.value("pinion_pool_pinned_bytes")).isEqualTo(6);
        assertThat(text.value("pinion_pool_waiting_threads")).isEqualTo(7);
        assertThat(text.value("pinion_pool_leaks_total")).isEqualTo(8);
    }

    @Test
    void no_counter_goes_back_under_load_and_swaps() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<?> load = threads.submit(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(512);
            while (!Thread.currentThread().isInterrupted()) {
                volume.write(buffer.clear(), 0);
                volume.read(buffer.clear(), 0);
            }
            return null;
        });
        ExpositionText before = scrape();
        for (int round = 0; round < 100; round++) {
            if (round % 20 == 0) {
                assertThat(pinion.admin()
                                .swap(LEDGER, round % 40 == 0 ? "buffered" : "again")
                                .isServing())
                        .isTrue();
            }
            ExpositionText after = scrape();
            before.samples().forEach((sample, value) -> {
                if (sample.contains("_total{") || sample.contains("_bucket{") || sample.contains("_count{")) {
                    assertThat(after.samples().get(sample)).as(sample).isGreaterThanOrEqualTo(value);
                }
            });
            before = after;
        }
        assertThat(load.isDone()).isFalse();
        threads.shutdownNow();
        assertThat(before.value("pinion_volume_swaps_total", "volume", LEDGER)).isEqualTo(5);
    }

    private static final class Unlimited implements PagePinner {
        @Override
        public Pin pin(ByteBuffer region, Access access) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long pinnedBytes() {
            return 4096;
        }

        @Override
        public long limitBytes() {
            return Long.MAX_VALUE;
        }
    }

    private static final class Leasing implements BufferPool {
        @Override
        public BufferLease lease(int size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BufferLease lease(int size, long timeoutNanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long leasedBytes() {
            return status().leased();
        }

        @Override
        public long limitBytes() {
            return status().limit();
        }

        @Override
        public PoolStatus status() {
            return PoolStatus.builder()
                    .leased(1)
                    .held(2)
                    .limit(3)
                    .arenas(4)
                    .pinned(6)
                    .waiting(7)
                    .leaks(8)
                    .build();
        }

        @Override
        public List<String> notes() {
            return List.of();
        }
    }
}
