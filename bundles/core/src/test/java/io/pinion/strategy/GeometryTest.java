package io.pinion.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GeometryTest {
    private static final Geometry ATOMIC =
            Geometry.builder().atomicWrites(4096, 16384).build();

    private static void assertRefused(String words, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(words), message);
    }

    @Test
    void limitsOfAtomicWritesThatCannotBeAreRefused() {
        Geometry.Builder builder = Geometry.builder();
        assertRefused("atomicWriteMinimum=0 is not a power of two", () -> builder.atomicWrites(0, 4096));
        assertRefused("atomicWriteMaximum=0 is not a power of two", () -> builder.atomicWrites(4096, 0));
        assertRefused("atomicWriteMaximum=12288 is not a power of two", () -> builder.atomicWrites(4096, 12288));
        assertRefused("atomicWriteMaximum=4096 is less than 8192", () -> builder.atomicWrites(8192, 4096));
        assertRefused("atomicWriteMinimum=-4096 is not a power of two", () -> builder.atomicWrites(-4096, 4096));
        Geometry.Builder blocks = Geometry.builder().atomicWrites(512, 4096).logicalBlockSize(4096);
        assertRefused("atomicWriteMinimum=512 is not a multiple of logicalBlockSize=4096", blocks::build);
        assertEquals(0, ATOMIC.toBuilder().atomicWrites(0, 0).build().atomicWriteMinimum());
    }

    @Test
    void aCapabilityForAtomicWritesNeedsTheirLimits() {
        Examination.Builder without =
                Examination.suitable("id", Geometry.builder().build()).capability(Capability.ATOMIC_WRITES);
        assertRefused("ATOMIC_WRITES without limits", without::build);
        assertTrue(Examination.suitable("id", ATOMIC)
                .capability(Capability.ATOMIC_WRITES)
                .build()
                .isSuitable());
    }

    @Test
    void anAtomicWriteIsAPowerOfTwoWithinTheLimitsAtAMultipleOfItsLength() {
        assertTrue(ATOMIC.allowsAtomicWrite(0, 4096));
        assertTrue(ATOMIC.allowsAtomicWrite(3 * 16384, 16384));
        assertFalse(ATOMIC.allowsAtomicWrite(0, 2048));
        assertFalse(ATOMIC.allowsAtomicWrite(0, 32768));
        assertFalse(ATOMIC.allowsAtomicWrite(0, 12288));
        assertFalse(ATOMIC.allowsAtomicWrite(4096, 8192));
        assertFalse(ATOMIC.allowsAtomicWrite(0, 0));
        assertFalse(Geometry.builder().build().allowsAtomicWrite(0, 0));
        assertFalse(Geometry.builder().build().allowsAtomicWrite(0, 512));
    }

    @Test
    void recordsAreNeitherTooShortNorTooLong() {
        Geometry geometry = Geometry.builder()
                .minimumRecordSize(6)
                .maximumRecordSize(20)
                .recordGranularity(4)
                .build();
        assertTrue(geometry.allowsRecord(6));
        assertTrue(geometry.allowsRecord(20));
        assertFalse(geometry.allowsRecord(5));
        assertFalse(geometry.allowsRecord(21));
        assertTrue(Geometry.builder().build().allowsRecord(1));
        assertFalse(Geometry.builder().build().allowsRecord(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> geometry.toBuilder().maximumRecordSize(5).build());
        assertThrows(IllegalArgumentException.class, () -> Geometry.builder().recordGranularity(3));
    }

    /** Examination and channel are compared by it. */
    @Test
    void theWordsTellEveryValue() throws ReflectiveOperationException {
        Geometry geometry = ATOMIC.toBuilder()
                .scatterGather(7)
                .maximumRecordSize(9)
                .minimumRecordSize(5)
                .recordGranularity(4)
                .build();
        for (Method value : Geometry.class.getDeclaredMethods()) {
            if (Modifier.isPublic(value.getModifiers())
                    && value.getParameterCount() == 0
                    && value.getReturnType() == int.class) {
                String expected = value.getName() + "=" + value.invoke(geometry);
                assertTrue((geometry + " ").contains(expected + " "), expected + " is not in " + geometry);
            }
        }
    }
}
