package io.pinion.core.osgi;

import io.pinion.strategy.IoStrategy;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Where a bundle has the contract's package from, when that is not core. */
final class ClassSpace {
    private static final String PACKAGE = IoStrategy.class.getPackageName();

    private final Bundle home;

    ClassSpace(Bundle home) {
        this.home = home;
    }

    /** {@return why a strategy of the bundle is none to core, and the remedy} */
    String words(Bundle bundle) {
        String who = "bundle " + Provider.of(bundle);
        String core = Provider.of(home);
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring != null) {
            for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
                if (PACKAGE.equals(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))) {
                    String other = Provider.of(wire.getProvider().getBundle());
                    return who + " has package " + PACKAGE + " from " + other + ", not from " + core
                            + ", so its strategy is none to Pinion; uninstall " + other + " and refresh";
                }
            }
        }
        return who + " contains package " + PACKAGE
                + " itself, so its strategy is none to Pinion; build it without, and" + " let it import the package of "
                + core;
    }
}
