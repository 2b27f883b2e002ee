package io.pinion.direct;

import java.util.Map;

/** Properties as the component runtime hands them in. */
final class Settings {
    static final Map<String, Object> DEFAULT = Map.of("pinion.strategy", DirectStrategy.NAME);
    /** Small ones, so that much is cut into pieces and waits. */
    static final Map<String, Object> SMALL = Map.of("bounce.size.kib", 64, "bounce.count", 2, "huge.pages", false);

    private Settings() {}
}
