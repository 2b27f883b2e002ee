package io.pinion.itests;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The class loaders of bundles as they were before an update, which are to go. */
final class Loaders {
    private record Noted(Bundle bundle, WeakReference<ClassLoader> loader, int number) {
        /** {@return whether it is there and should not: nobody can be given its classes any more} */
        boolean isLeft() {
            ClassLoader there = loader.get();
            return there != null && there != current(bundle);
        }

        @Override
        public String toString() {
            return bundle.getSymbolicName() + " as of update " + number;
        }
    }

    private final List<Noted> noted = new ArrayList<>();

    /** Notes the loaders that the bundles have now. */
    void note(Collection<Bundle> bundles) {
        for (Bundle bundle : bundles) {
            ClassLoader loader = current(bundle);
            if (loader != null
                    && noted.stream().noneMatch(before -> before.loader().refersTo(loader))) {
                noted.add(new Noted(bundle, new WeakReference<>(loader), noted.size()));
            }
        }
    }

    private static ClassLoader current(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        return wiring == null ? null : wiring.getClassLoader();
    }

    int count() {
        return noted.size();
    }

    /** {@return those that are there still, after asking for a garbage collection} */
    List<String> left() {
        replaceTheLastRecord();
        System.gc();
        return noted.stream().filter(Noted::isLeft).map(Noted::toString).toList();
    }

    /** Java 17 keeps, in the handles by which records are compared, the types that it last adapted them to. */
    private static void replaceTheLastRecord() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle component = lookup.findGetter(Noted.class, "bundle", Bundle.class);
            for (Map.Entry<String, MethodType> method : Map.of(
                            "equals", MethodType.methodType(boolean.class, Noted.class, Object.class),
                            "hashCode", MethodType.methodType(int.class, Noted.class))
                    .entrySet()) {
                ObjectMethods.bootstrap(lookup, method.getKey(), method.getValue(), Noted.class, "bundle", component);
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** {@return who is likely to hold them: threads by what they are and inherit, and objects of bundles that live} */
    String suspects() throws JMException {
        List<String> suspects = new ArrayList<>();
        for (Noted left : noted) {
            if (left.isLeft()) {
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (left.loader().refersTo(thread.getContextClassLoader())
                            || left.loader().refersTo(thread.getClass().getClassLoader())) {
                        suspects.add("thread " + thread.getName() + " holds " + left);
                    }
                }
            }
        }
        return suspects + "\nobjects:\n" + objects();
    }

    private static String objects() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return String.join(
                "\n",
                histogram
                        .lines()
                        .filter(line -> line.contains(" io.pinion.") && !line.contains(" io.pinion.itests.")
                                || line.contains(" com.sun.jna."))
                        .toList());
    }
}
