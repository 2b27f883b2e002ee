package io.pinion.advisor.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class PatternTest {
    private static final int SIZE = 4096;
    private static final long MIB = 1 << 20;

    private final Samples samples = new Samples();
    private final Random random = new Random(7);

    private Pattern reads(int count, int size, LongSupplier position) {
        for (int i = 0; i < count; i++) {
            samples.read(position.getAsLong(), size, 1000, false);
        }
        return Pattern.of(samples, samples.taken() - count, samples.taken());
    }

    private LongSupplier within(long bytes) {
        return () -> random.nextInt((int) (bytes / SIZE)) * (long) SIZE;
    }

    @Test
    void estimatesAHotSetWithinAQuarterOrSo() {
        for (long set : new long[] {16 * MIB, 64 * MIB, 256 * MIB}) {
            Pattern pattern = reads(2000, SIZE, within(set));
            assertThat(pattern.workingSet().orElseThrow()).isBetween(set * 6 / 10, set * 14 / 10);
        }
    }

    @Test
    void findsNoSetInWhatIsReadOnce() {
        long[] next = {0};
        Pattern pattern = reads(2000, SIZE, () -> next[0] += 64L * SIZE);
        assertThat(pattern.workingSet()).isEmpty();
        assertThat(pattern.span()).isEqualTo(1999L * 64 * SIZE + SIZE);
    }

    @Test
    void findsNoSetInWhatIsSpreadTooFar() {
        assertThat(reads(500, SIZE, () -> random.nextLong(1L << 40) / SIZE * SIZE)
                        .workingSet())
                .isEmpty();
    }

    @Test
    void takesNoScanForAHotSetThoughSampledOnesComeToTheSamePlaces() {
        for (int i = 0; i < 2000; i++) {
            samples.read(i % 8 * MIB, (int) MIB, 1000, true);
        }
        Pattern pattern = Pattern.of(samples, samples.first(0), samples.taken());
        assertThat(pattern.workingSet()).isEmpty();
        assertThat(pattern.span()).isEqualTo(8 * MIB);
        assertThat(pattern.signature()).isEqualTo("size 2^20, reads, sequential");
    }

    @Test
    void tellsMixesApart() {
        for (int i = 0; i < 100; i++) {
            samples.read(i, SIZE, 1, false);
            samples.write(i, SIZE, 1, false);
        }
        Pattern pattern = Pattern.of(samples, samples.first(0), samples.taken());
        assertThat(pattern.writes()).isEqualTo(0.5);
        assertThat(pattern.signature()).isEqualTo("size 2^12, mixed, random");
    }

    @Test
    void resemblesWhatHasTheSameRequests() {
        Pattern small = reads(100, SIZE, within(64 * MIB));
        assertThat(small.resembles(reads(100, 2 * SIZE, within(1024 * MIB)))).isTrue();
        Pattern large = reads(100, 4 * SIZE, within(64 * MIB));
        assertThat(small.resembles(large)).isFalse();
        assertThat(large.resembles(small)).isFalse();
        for (int i = 0; i < 100; i++) {
            samples.write(i * (long) SIZE, SIZE, 1, i % 2 == 0);
        }
        Pattern writes = Pattern.of(samples, samples.taken() - 100, samples.taken());
        assertThat(small.resembles(writes)).isFalse();
    }

    @Test
    void whatIsHardlySeenMayBeAnything() {
        assertThat(reads(7, SIZE, within(MIB)).resembles(reads(100, (int) MIB, within(64 * MIB))))
                .isTrue();
    }

    @Test
    void nothingSeenIsNothing() {
        Pattern pattern = Pattern.of(samples, 0, 0);
        assertThat(pattern.seen()).isZero();
        assertThat(pattern.span()).isZero();
        assertThat(pattern.workingSet()).isEmpty();
    }
}
