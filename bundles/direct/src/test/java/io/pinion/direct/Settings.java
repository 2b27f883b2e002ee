package io.pinion.direct;

import java.lang.annotation.Annotation;

/** Settings as the component runtime would hand them in. */
record Settings(int bounce_size_kib, int bounce_count, boolean huge_pages) implements DirectSettings {
    static final Settings DEFAULT = new Settings(512, 4, true);
    /** Small ones, so that much is cut into pieces and waits. */
    static final Settings SMALL = new Settings(64, 2, false);

    @Override
    public Class<? extends Annotation> annotationType() {
        return DirectSettings.class;
    }
}
