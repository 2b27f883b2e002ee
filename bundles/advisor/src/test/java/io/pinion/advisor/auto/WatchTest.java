package io.pinion.advisor.auto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.strategy.PageCacheUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final int BLOCK = 1 << 16;

    private final FakeVolume volume = new FakeVolume();
    private final Samples samples = new Samples();
    private long now;
    private long counting;
    private OptionalLong stored = OptionalLong.of(0);

    private Watch watch() {
        return new Watch(volume, samples, () -> stored, () -> now, () -> now / 4);
    }

    private void read(int blocks, long latency) {
        volume.reads += blocks;
        volume.readBytes += (long) blocks * BLOCK;
        samples.read(0, BLOCK, latency, false);
        now += 500_000_000 + counting;
    }

    @Test
    void tellsWhatHasHappenedSinceTheLastLook() {
        volume.serving = Optional.of("buffered");
        Watch watch = watch();
        read(100, 200_000);
        Tick tick = watch.look();
        assertThat(tick.strategy()).isEqualTo("buffered");
        assertThat(tick.operationsPerSecond()).isEqualTo(200);
        assertThat(tick.bytesPerSecond()).isEqualTo(200.0 * BLOCK);
        assertThat(tick.latencyNanos()).hasValue(200_000);
        assertThat(tick.concurrency()).hasValue(0.04);
        assertThat(tick.cpuNanos()).isEqualTo(125_000_000);
        assertThat(watch.look().operations()).isZero();
    }

    @Test
    void nobodyTellsHowLongThatTookOfWhichNothingWasSeen() {
        Watch watch = watch();
        volume.reads += 20;
        now += 500_000_000;
        Tick tick = watch.look();
        assertThat(tick.operations()).isEqualTo(20);
        assertThat(tick.latencyNanos()).isEmpty();
        assertThat(tick.concurrency()).isEmpty();
    }

    @Test
    void whatComesAtTheSpeedOfMemoryWasCachedWhateverElseIsRead() {
        Watch watch = watch();
        stored = OptionalLong.of(1L << 40);
        read(100, 20_000);
        assertThat(watch.look().missed()).hasValue(0);
    }

    @Test
    void whatTheProcessHadReadFromStorageWasMissed() {
        Watch watch = watch();
        stored = OptionalLong.of(90L * BLOCK);
        read(100, 500_000);
        assertThat(watch.look().missed()).hasValue(0.9);
    }

    @Test
    void whatCameIntoTheCacheTellsWhereTheProcessIsNotAccounted() {
        stored = OptionalLong.empty();
        volume.cache = Optional.of(PageCacheUse.of(50L * BLOCK, 0, 0));
        Watch watch = watch();
        volume.cache = Optional.of(PageCacheUse.of(60L * BLOCK, 0, 70L * BLOCK));
        read(100, 500_000);
        assertThat(watch.look().missed()).hasValue(0.8);
        assertThat(watch.cached()).isEqualTo(60L * BLOCK);
    }

    @Test
    void nobodyTellsWhereNeitherIsKnown() {
        stored = OptionalLong.empty();
        Watch watch = watch();
        read(100, 500_000);
        assertThat(watch.look().missed()).isEmpty();
    }

    @Test
    void readsWhatTheKernelAccounts(@TempDir Path proc) throws Exception {
        Path self = Files.createDirectory(proc.resolve("self"));
        Files.writeString(self.resolve("io"), "rchar: 10\nread_bytes: 8192\nwrite_bytes: 3\n");
        assertThat(Watch.Storage.of(proc).readBytes()).hasValue(8192);
        assertThat(Watch.Storage.of(proc.resolve("none")).readBytes()).isEmpty();
    }
}
