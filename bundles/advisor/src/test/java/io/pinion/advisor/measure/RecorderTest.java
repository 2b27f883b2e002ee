package io.pinion.advisor.measure;

import static io.pinion.advisor.measure.Workshop.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.advisor.Load;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final int SMALL = 4096;
    private static final int LARGE = 1 << 20;

    @TempDir
    Path directory;

    private final Recorder recorder = new Recorder();

    @Test
    void the_sizes_that_move_most_are_kept() {
        for (int index = 0; index < 100; index++) {
            recorder.read(index * 2L * LARGE, LARGE, 1, false);
            recorder.read(index * 2L * LARGE, SMALL, 1, false);
        }
        for (int index = 0; index < 6000; index++) {
            recorder.read(index * 16L * SMALL, 4 * SMALL, 1, false);
        }

        assertThat(recorder.load().sizes()).containsExactly(4 * SMALL, LARGE);
    }

    @Test
    void mix_order_span_and_depth_are_those_that_were_seen() {
        for (int index = 0; index < 75; index++) {
            recorder.read(1000L * SMALL + index * SMALL, SMALL, 1, true);
        }
        for (int index = 0; index < 25; index++) {
            recorder.write(2000L * SMALL, SMALL, 1, false);
        }
        recorder.look(0);
        recorder.look(7);
        recorder.look(9);

        Load load = recorder.load();

        assertThat(load.writePercent()).isEqualTo(25);
        assertThat(load.sequential()).isTrue();
        assertThat(load.span()).isEqualTo(1001L * SMALL);
        assertThat(load.depth()).isEqualTo(8);
    }

    @Test
    void a_volume_that_is_busy_shows_its_load() throws Exception {
        try (Pinion pinion = Pinion.start()) {
            Volume volume = volume(pinion);
            AtomicBoolean stopped = new AtomicBoolean();
            Thread user = new Thread(() -> use(volume, stopped));
            user.start();
            try {
                Load load = Recorder.record(pinion.admin(), "busy", Duration.ofSeconds(1), SILENT);

                assertThat(load.sizes()).containsExactly(2 * SMALL);
                assertThat(load.writePercent()).isZero();
                assertThat(load.sequential()).isTrue();
                assertThat(load.span()).isBetween((long) LARGE, 8L * LARGE);
            } finally {
                stopped.set(true);
                user.join();
            }
        }
    }

    @Test
    void one_that_is_idle_shows_none() throws Exception {
        try (Pinion pinion = Pinion.start()) {
            volume(pinion);

            assertThatThrownBy(() -> Recorder.record(pinion.admin(), "busy", Duration.ofMillis(200), SILENT))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.UNAVAILABLE))
                    .hasMessageContaining("ask again while it is busy");
        }
    }

    private Volume volume(Pinion pinion) throws Exception {
        Path file = Workshop.file(directory, 8 * LARGE);
        pinion.add("buffered", Workshop.buffered());
        pinion.configure("busy", Map.of("target", file.toString(), "strategy", "buffered"));
        return pinion.volume("busy", Duration.ofSeconds(5));
    }

    private static void use(Volume volume, AtomicBoolean stopped) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * SMALL);
        long at = 0;
        try {
            while (!stopped.get()) {
                volume.read(buffer.clear(), at);
                at = (at + 2 * SMALL) % (8 * LARGE);
            }
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        }
    }
}
