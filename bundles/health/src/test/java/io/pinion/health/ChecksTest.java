package io.pinion.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatus;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChecksTest {
    @TempDir
    Path directory;

    private final Pinion pinion = Pinion.start();
    private final ConfiguredThresholds thresholds = new ConfiguredThresholds(Map.of());

    @AfterEach
    void close() {
        pinion.close();
    }

    private Volume open(String name, String strategies) throws StorageException {
        configure(name, strategies);
        return pinion.volume(name, Duration.ofSeconds(10));
    }

    private void configure(String name, String strategies) throws StorageException {
        String target = directory.resolve(name).toString();
        pinion.configure(name, Map.of("target", target, "strategy", strategies, "size", "4KiB", "settle", "0s"));
    }

    private void await(String name, Predicate<VolumeStatus> condition) {
        while (!condition.test(pinion.admin().volume(name).orElseThrow())) {
            Thread.onSpinWait();
        }
    }

    private static List<String> sentences(HealthCheck check, Status status) {
        List<String> sentences = new ArrayList<>();
        for (ResultLog.Entry entry : check.execute()) {
            if (entry.getStatus() == status) {
                sentences.add(entry.getMessage());
            }
        }
        return sentences;
    }

    private static Status status(HealthCheck check) {
        return check.execute().getStatus();
    }

    private VolumesCheck volumes() {
        return new VolumesCheck(pinion.admin());
    }

    private StrategiesCheck strategies() {
        return new StrategiesCheck(pinion.admin());
    }

    private FlushCheck flush(Duration later) {
        return new FlushCheck(pinion.admin(), thresholds, Clock.offset(Clock.system(ZoneOffset.UTC), later));
    }

    @Test
    void volumes_that_wait_are_unavailable_and_say_why() throws Exception {
        assertThat(sentences(volumes(), Status.OK)).containsExactly("no volume is configured");
        pinion.add("buffered", new BufferedStrategy());
        open("ledger", "buffered");
        assertThat(status(volumes())).isEqualTo(Status.OK);
        configure("lost", "nowhere");
        await("lost", volume -> volume.reason().contains("nowhere"));
        assertThat(status(volumes())).isEqualTo(Status.TEMPORARILY_UNAVAILABLE);
        assertThat(sentences(volumes(), Status.TEMPORARILY_UNAVAILABLE))
                .singleElement()
                .asString()
                .contains("lost waits", "strategy=nowhere is not registered", "'why lost'");
    }

    @Test
    void refused_configurations_are_a_warning() {
        assertThatThrownBy(() -> pinion.configure("odd", Map.of("target", "/x")))
                .isInstanceOf(StorageException.class);
        assertThat(sentences(volumes(), Status.WARN)).singleElement().asString().contains("odd", "strategy is missing");
    }

    @Test
    void strategies_that_a_volume_wants_and_has_not_are_a_warning() throws Exception {
        assertThat(sentences(strategies(), Status.WARN))
                .singleElement()
                .asString()
                .contains("no strategy");
        pinion.add("buffered", new BufferedStrategy());
        Pinion.Registration shadowed = pinion.add("buffered", new BufferedStrategy(), Set.of("path"), -1);
        assertThat(status(strategies())).as("no volume wants it").isEqualTo(Status.OK);
        open("ledger", "nowhere,buffered");
        await("ledger", volume -> !volume.problems().isEmpty());
        assertThat(String.join("\n", sentences(strategies(), Status.WARN)))
                .contains("strategy buffered of", ": shadowed by")
                .contains("ledger is served by buffered and prefers nowhere, buffered: strategy=nowhere");
        shadowed.close();
        pinion.add("nowhere", new BufferedStrategy());
        await("ledger", volume -> volume.problems().isEmpty());
        assertThat(status(strategies())).isEqualTo(Status.OK);
        assertThat(pinion.admin().swap("ledger", "buffered").isServing()).isTrue();
        assertThat(String.join("\n", sentences(strategies(), Status.OK))).contains("'swap ledger --configured'");
    }

    @Test
    void what_nobody_flushes_is_a_warning_after_a_while() throws Exception {
        pinion.add("buffered", new BufferedStrategy());
        Volume volume = open("ledger", "buffered");
        Duration later = Duration.ofSeconds(700);
        assertThat(status(flush(later))).isEqualTo(Status.OK);
        volume.write(ByteBuffer.allocate(2048), 0);
        assertThat(sentences(flush(Duration.ZERO), Status.OK))
                .containsExactly("ledger: 2 KiB wait for a flush, the first written 0 s ago; there was no flush yet");
        assertThat(sentences(flush(later), Status.WARN))
                .singleElement()
                .asString()
                .startsWith("ledger: 2 KiB wait for a flush, the first written 700 s ago, flush.overdue.seconds=600;");
        thresholds.configure(Map.of("flush.overdue.seconds", "701"));
        assertThat(status(flush(later))).isEqualTo(Status.OK);
        thresholds.configure(Map.of("flush.overdue.seconds", 0));
        assertThat(status(flush(Duration.ofDays(9)))).isEqualTo(Status.OK);
        thresholds.configure(Map.of());
        volume.flush();
        assertThat(status(flush(later))).isEqualTo(Status.OK);
    }

    @Test
    void a_flush_that_failed_is_critical() throws Exception {
        pinion.add("failing", new FailingFlush());
        Volume volume = open("ledger", "failing");
        assertThatThrownBy(volume::flush).isInstanceOf(StorageException.class);
        assertThat(status(flush(Duration.ZERO))).isEqualTo(Status.CRITICAL);
        assertThat(sentences(volumes(), Status.CRITICAL))
                .singleElement()
                .asString()
                .contains("the disk is gone", "'reopen ledger --accept-loss'");
        List<String> lines = new ArrayList<>();
        Result result = flush(Duration.ZERO).execute();
        result.forEach(entry -> lines.add(entry.getMessage()));
        assertThat(lines).singleElement().asString().contains("acknowledged may be lost");
    }

    /** The strategy buffered, with flushes that fail. */
    private static final class FailingFlush implements IoStrategy {
        private final IoStrategy buffered = new BufferedStrategy();

        @Override
        public Examination examine(Target target) throws StorageException {
            return buffered.examine(target);
        }

        @Override
        public PositionalChannel open(Target target, OpenOptions options) throws StorageException {
            PositionalChannel channel = (PositionalChannel) buffered.open(target, options);
            return (PositionalChannel) java.lang.reflect.Proxy.newProxyInstance(
                    PositionalChannel.class.getClassLoader(),
                    new Class<?>[] {PositionalChannel.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("flush")) {
                            throw StorageException.of(StorageException.Kind.IO_ERROR, "flush", "the disk is gone")
                                    .build();
                        }
                        return method.invoke(channel, arguments);
                    });
        }
    }
}
