package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrategyPropertiesTest {
    private static StrategyProperties read(Object... keysAndValues) {
        Map<String, Object> said = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            said.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return StrategyProperties.read(said::get);
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        StrategyProperties plain = read("pinion.strategy", "plain");
        assertEquals(new StrategyProperties("plain", Set.of("path"), Shape.POSITIONAL, 0, "", ""), plain);
    }

    @Test
    void schemesAreOneOrSeveral() {
        for (Object several : new Object[] {new String[] {"sealed", "path"}, List.of("path", "sealed")}) {
            assertEquals(
                    Set.of("path", "sealed"),
                    read("pinion.strategy", "x", "pinion.strategy.schemes", several)
                            .schemes());
        }
        StrategyProperties tape = read(
                "pinion.strategy",
                "X.1",
                "pinion.strategy.schemes",
                "tap",
                "pinion.strategy.shape",
                "tape",
                "service.ranking",
                -7);
        assertEquals(new StrategyProperties("X.1", Set.of("tap"), Shape.TAPE, -7, "", ""), tape);
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of("pinion.strategy", 5, "pinion.strategy=5 (Integer) is refused"),
                Arguments.of("pinion.strategy", "", "pinion.strategy='' is refused"),
                Arguments.of("pinion.strategy", "  ", "pinion.strategy='  ' is refused"),
                Arguments.of("pinion.strategy", "two words", "pinion.strategy=two words is refused"),
                Arguments.of("pinion.strategy", "a,b", "pinion.strategy=a,b is refused"),
                Arguments.of(
                        "pinion.strategy", new String[] {"a", "b"}, "pinion.strategy=[a, b] (String[]) is refused"),
                Arguments.of("pinion.strategy.schemes", "", "pinion.strategy.schemes='' is refused"),
                Arguments.of("pinion.strategy.schemes", 7, "pinion.strategy.schemes=7 (Integer) is refused"),
                Arguments.of("pinion.strategy.schemes", "Sealed", "pinion.strategy.schemes=Sealed is refused"),
                Arguments.of("pinion.strategy.schemes", "a", "pinion.strategy.schemes=a is refused"),
                Arguments.of(
                        "pinion.strategy.schemes", "path,sealed", "pinion.strategy.schemes=path,sealed is refused"),
                Arguments.of(
                        "pinion.strategy.schemes", new String[0], "pinion.strategy.schemes=[] (String[]) is refused"),
                Arguments.of("pinion.strategy.schemes", List.of("path", 7), "pinion.strategy.schemes=[path, 7]"),
                Arguments.of("pinion.strategy.shape", "round", "pinion.strategy.shape=round is refused"),
                Arguments.of("pinion.strategy.shape", "TAPE", "allowed: positional, tape"),
                Arguments.of("pinion.strategy.shape", true, "pinion.strategy.shape=true (Boolean) is refused"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsNamedWithWhatIsAllowed(String key, Object value, String words) {
        StrategyProperties said = read("pinion.strategy", "x", key, value);
        assertTrue(said.unusable().contains(words), said.unusable());
        assertTrue(said.unusable().contains("; allowed: "), said.unusable());
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        String words = read("pinion.strategy.schemes", 7, "pinion.strategy.shape", "round")
                .unusable();
        assertTrue(words.contains("lacks the property pinion.strategy"), words);
        assertTrue(words.contains("schemes=7") && words.contains("shape=round"), words);
    }

    @Test
    void aRankingThatTheFrameworkDoesNotHeedIsToldAndDoesNotExclude() {
        StrategyProperties said = read("pinion.strategy", "x", "service.ranking", "100");
        assertEquals("", said.unusable());
        assertEquals(0, said.ranking());
        assertEquals("service.ranking=100 of type String counts as 0; allowed: an Integer", said.remark());
    }

    @Test
    void onlyTheRankingMayChangeWithoutAnybodyNoticing() {
        StrategyProperties before = read("pinion.strategy", "x");
        assertTrue(before.servesAs(read("pinion.strategy", "x", "service.ranking", 9)));
        assertFalse(before.servesAs(read("pinion.strategy", "y")));
        assertFalse(before.servesAs(read("pinion.strategy", "x", "pinion.strategy.schemes", "sealed")));
        assertFalse(before.servesAs(read("pinion.strategy", "x", "pinion.strategy.shape", "tape")));
        assertFalse(before.servesAs(read("pinion.strategy", "x", "pinion.strategy.shape", "round")));
    }
}
