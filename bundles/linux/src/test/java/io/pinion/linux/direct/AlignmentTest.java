package io.pinion.linux.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pinion.strategy.Geometry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "4096, 0", "4096, 12288", "8192, 4096", "256, 4096", "-4096, 4096"})
    void impossibleLimitsOfAtomicWritesAreNone(int least, int most) {
        Geometry none = Geometry.builder().logicalBlockSize(512).build();
        assertSame(none, Alignment.withAtomicWrites(none, least, most));
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "4096, 16384"})
    void possibleLimitsOfAtomicWritesAreTheGeometrys(int least, int most) {
        Geometry geometry = Alignment.withAtomicWrites(
                Geometry.builder().logicalBlockSize(512).build(), least, most);
        assertEquals(least, geometry.atomicWriteMinimum());
        assertEquals(most, geometry.atomicWriteMaximum());
    }
}
