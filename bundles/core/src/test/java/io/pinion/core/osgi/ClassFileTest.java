package io.pinion.core.osgi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ClassFileTest {
    /** Names one class by an instruction, one by a lambda's type alone, one as an array, one by a field; and wide constants. */
    private static final class Naming {
        private List<StringBuilder> field;

        Object name(long number) {
            LongSupplier lambda = () -> number + 0x1234_5678_9abcL;
            return new Object[] {new LongAdder(), lambda, new Thread[1], field, 1.5e300};
        }
    }

    @Test
    void findsWhatAClassNames() throws IOException {
        Set<String> named;
        try (InputStream file = Naming.class.getResourceAsStream("ClassFileTest$Naming.class")) {
            named = ClassFile.namedIn(file);
        }
        for (String name : List.of(
                Naming.class.getName(),
                "java.lang.Object",
                "java.util.concurrent.atomic.LongAdder",
                "java.util.function.LongSupplier",
                "java.lang.invoke.LambdaMetafactory",
                "java.lang.Thread",
                "java.util.List")) {
            assertTrue(named.contains(name), () -> name + " is not in " + named);
        }
        assertFalse(named.stream().anyMatch(name -> name.contains("/") || name.contains("[")), named::toString);
    }

    @Test
    void refusesWhatIsNone() {
        byte[] none = {0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 99, 0};
        assertThrows(IOException.class, () -> ClassFile.namedIn(new ByteArrayInputStream(none)));
    }
}
