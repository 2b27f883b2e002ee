package io.pinion.core.osgi;

import org.osgi.framework.Bundle;

/** What operators call a bundle. */
final class Provider {
    private Provider() {}

    /** {@return its symbolic name and version}
     * @param bundle null when it is gone */
    static String of(Bundle bundle) {
        if (bundle == null) {
            return "a bundle that is gone";
        }
        String name = bundle.getSymbolicName();
        return (name == null ? bundle.getLocation() : name) + " " + bundle.getVersion();
    }
}
