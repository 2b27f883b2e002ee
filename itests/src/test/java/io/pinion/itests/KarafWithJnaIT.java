package io.pinion.itests;

import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The features, in a Karaf that has a JNA, which jline below its shell uses. */
public class KarafWithJnaIT extends KarafHost {
    @Override
    Option furtherOptions() {
        return Karaf.startup("jna");
    }

    @Test
    public void whatTheHostHasIsNotTouched() throws Exception {
        assertEquals(List.of("com.sun.jna"), exportersOfJnaTo("org.jline"));
        try (HostBundles host = HostBundles.of(context())) {
            install("pinion-demo");
            swapUnderLoad();
            assertEquals(List.of(), exportersOfJnaTo("io.pinion.linux"));
            uninstall("pinion-demo");
            assertEquals(List.of(), host.touched());
        }
    }

    private List<String> exportersOfJnaTo(String importer) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> importer.equals(bundle.getSymbolicName()))
                .map(bundle -> bundle.adapt(BundleWiring.class))
                .flatMap(wiring -> wiring.getRequiredWires("osgi.wiring.package").stream())
                .filter(wire -> "com.sun.jna"
                        .equals(wire.getCapability().getAttributes().get("osgi.wiring.package")))
                .map(wire -> wire.getProvider().getBundle())
                .map(Bundle::getSymbolicName)
                .toList();
    }
}
