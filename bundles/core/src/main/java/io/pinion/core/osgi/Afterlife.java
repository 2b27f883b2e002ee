package io.pinion.core.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Some objects outlive their bundle by design: a claim, which is held from a volume's first moment to its last, an open file
 * of the same bundle, and the volume that an application keeps. Once the bundle is refreshed, its class loader finds no class
 * that it has not found before, and a path that is taken for the first time (the failure, mostly) would end in an error of
 * the framework's. So all that may be needed is looked up while the bundle leaves.
 */
final class Afterlife {
    private static final String CLASS = ".class";

    private Afterlife() {}

    /**
     * Has the bundle's loader find the bundle's own classes, those that they name, the JDK's among them, and those of the
     * packages that it imports from this one.
     */
    static void prepare(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return;
        }
        ClassLoader loader = wiring.getClassLoader();
        Collection<String> own = resources(wiring, "/", BundleWiring.LISTRESOURCES_RECURSE);
        Set<String> names = new TreeSet<>();
        own.forEach(resource -> names.addAll(namedIn(resource, loader)));
        Set<String> resources = new TreeSet<>(own);
        for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            if (wire.getProviderWiring().getClassLoader() == Afterlife.class.getClassLoader()) {
                Object name = wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
                resources.addAll(resources(
                        wire.getProviderWiring(), "/" + String.valueOf(name).replace('.', '/'), 0));
            }
        }
        resources.forEach(resource -> names.add(
                resource.substring(0, resource.length() - CLASS.length()).replace('/', '.')));
        names.forEach(name -> find(name, loader));
    }

    private static Set<String> namedIn(String resource, ClassLoader loader) {
        try (InputStream file = loader.getResourceAsStream(resource)) {
            return file == null ? Set.of() : ClassFile.namedIn(file);
        } catch (IOException e) {
            // A path that needs one of them may fail later: as it would have without looking.
            return Set.of();
        }
    }

    private static Collection<String> resources(BundleWiring wiring, String path, int recursion) {
        return Optional.ofNullable(
                        wiring.listResources(path, "*" + CLASS, recursion | BundleWiring.LISTRESOURCES_LOCAL))
                .orElse(Set.of());
    }

    /** By this call the loader is one that has found the class; by one to the loader itself it would not be. */
    private static void find(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            // What can't be found now could not have been used before either.
            return;
        }
    }
}
