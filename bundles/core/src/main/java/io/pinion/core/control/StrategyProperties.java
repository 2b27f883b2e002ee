package io.pinion.core.control;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.Names;
import io.pinion.core.config.VolumeConfiguration;
import io.pinion.strategy.Shape;
import io.pinion.strategy.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a strategy is called and what it serves, as its service's properties say. What is wrong with them is told, not
 * guessed around: a strategy is used as it says, or not at all.
 *
 * @param name what operators call it; empty when that is not said
 * @param schemes the schemes of targets that it serves
 * @param shape what channels it opens
 * @param ranking of two with one name the higher is used
 * @param unusable why no volume may use it; empty when one may
 * @param remark what is not heeded of them; empty when all is
 */
public record StrategyProperties(
        String name, Set<String> schemes, Shape shape, int ranking, String unusable, String remark) {
    private static final String NAME = "pinion.strategy";
    private static final String SCHEMES = "pinion.strategy.schemes";
    private static final String SCHEMES_ALLOWED =
            "a String, or several, of two or more characters each: a-z first, then a-z 0-9 + . -";
    private static final String SHAPE = "pinion.strategy.shape";
    private static final String SHAPES_ALLOWED =
            Stream.of(Shape.values()).map(Shape::toString).collect(Collectors.joining(", "));
    private static final String RANKING = "service.ranking";

    /** {@return what these properties say; a property that is absent has the value null} */
    public static StrategyProperties read(Function<String, Object> property) {
        List<String> faults = new ArrayList<>();
        String name = name(property.apply(NAME), faults);
        Set<String> schemes = schemes(property.apply(SCHEMES), faults);
        Shape shape = shape(property.apply(SHAPE), faults);
        Object ranking = property.apply(RANKING);
        String remark = ranking == null || ranking instanceof Integer
                ? ""
                : RANKING + "=" + ranking + " of type " + ranking.getClass().getSimpleName()
                        + " counts as 0; allowed: an Integer";
        return new StrategyProperties(
                name,
                Set.copyOf(schemes),
                shape,
                ranking instanceof Integer number ? number : 0,
                String.join("; ", faults),
                remark);
    }

    /** {@return whether a volume that uses it notices no difference between the two} The ranking is for who may choose. */
    boolean servesAs(StrategyProperties other) {
        return name.equals(other.name)
                && schemes.equals(other.schemes)
                && shape == other.shape
                && unusable.equals(other.unusable);
    }

    private static String name(Object value, List<String> faults) {
        if (value == null) {
            faults.add(
                    "its service lacks the property " + NAME
                            + ", so no configuration can name it; put @Strategy(\"NAME\") beside @Component, or set the property");
        } else if (value.equals(VolumeConfiguration.AUTO)) {
            refuse(
                    NAME,
                    value,
                    Names.ALLOWED + "; but " + value + ", which leaves the choice to a StrategyChooser",
                    faults);
        } else if (!(value instanceof String text && Names.isName(text))) {
            refuse(NAME, value, Names.ALLOWED, faults);
        }
        return value instanceof String text ? text : "";
    }

    private static Set<String> schemes(Object value, List<String> faults) {
        if (value == null) {
            return Set.of(Target.PATH);
        }
        Collection<?> all = value instanceof Collection<?> collection
                ? collection
                : value instanceof Object[] array ? Arrays.asList(array) : List.of(value);
        Set<String> schemes = new HashSet<>();
        for (Object one : all) {
            if (one instanceof String text && Target.isScheme(text)) {
                schemes.add(text);
            }
        }
        if (all.isEmpty() || !schemes.containsAll(all)) {
            refuse(SCHEMES, value, SCHEMES_ALLOWED, faults);
        }
        return schemes;
    }

    private static Shape shape(Object value, List<String> faults) {
        for (Shape shape : Shape.values()) {
            if (shape.toString().equals(value)) {
                return shape;
            }
        }
        if (value != null) {
            refuse(SHAPE, value, SHAPES_ALLOWED, faults);
        }
        return Shape.POSITIONAL;
    }

    private static void refuse(String key, Object value, String allowed, List<String> faults) {
        faults.add(new ConfigurationRefused(key, shown(value), allowed).getMessage());
    }

    private static String shown(Object value) {
        if (value instanceof String text) {
            return text.isBlank() ? "'" + text + "'" : text;
        }
        String text = value instanceof Object[] array ? Arrays.toString(array) : value.toString();
        return text + " (" + value.getClass().getSimpleName() + ")";
    }
}
