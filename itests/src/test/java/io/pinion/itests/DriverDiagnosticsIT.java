package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.IoStrategy;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.SwapReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Drivers that are installed and cannot serve: who asks for strategies, or why a volume lacks one, is told what to do. */
public class DriverDiagnosticsIT extends Scenario {
    private static final String CONTRACT = "io.pinion.strategy";

    private final List<Bundle> installed = new ArrayList<>();

    @Override
    List<String> expectedErrors() {
        return List.of("Framework ERROR event .*io.pinion.core", "Service factory exception: nobody can have it");
    }

    @Before
    public void openOnWhatThereIs() throws Exception {
        Path file = createFile(file(".bin"), 4096);
        configure("v", "target", file.toString(), "strategy", "sealed,buffered", "settle", "50ms");
        awaitStrategy("v", "buffered");
    }

    @After
    public void uninstall() throws Exception {
        for (Bundle bundle : installed) {
            bundle.uninstall();
        }
        refresh(installed.toArray(new Bundle[0]));
        assertEquals(List.of(), problems());
        assertEquals(Optional.of("buffered"), status("v").strategy());
    }

    private Bundle install(Jar jar) throws Exception {
        Bundle bundle = context().installBundle("made:" + installed.size() + System.nanoTime(), jar.stream());
        installed.add(bundle);
        return bundle;
    }

    private static Jar seal() {
        return Jar.of("com.example.seal", "1.0.0").promising("sealed");
    }

    private List<String> problems() {
        return admin().strategies().stream()
                .map(StrategyStatus::problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    /** Asserts that strategies, why and a swap by hand tell exactly this of strategy sealed. */
    private void assertTold(String problem) throws Exception {
        StrategyStatus status = admin().strategies().stream()
                .filter(s -> s.name().equals("sealed"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(admin().strategies().toString()));
        assertEquals(problem, status.problem());
        assertEquals("com.example.seal 1.0.0", status.provider());
        String why = String.join("\n", admin().why("v"));
        assertTrue(why, why.contains("Strategy sealed is not there: " + problem + "."));
        SwapReport swap = admin().swap("v", "sealed");
        assertEquals(SwapReport.Outcome.REFUSED, swap.outcome());
        assertTrue(swap.detail(), swap.detail().contains(problem));
    }

    @Test
    public void builtAgainstAnotherVersion() throws Exception {
        Bundle bundle = install(seal().header("Import-Package", CONTRACT + ";version=\"[1.0,1.1)\""));
        String problem = "bundle com.example.seal 1.0.0 does not resolve: it imports io.pinion.strategy [1.0.0,1.1.0),"
                + " Pinion exports 0.1.0; build it against io.pinion.core 0.1";
        assertTold(problem);
        assertThrows(BundleException.class, bundle::start);
        assertTold(problem);
        assertEquals(Bundle.INSTALLED, bundle.getState());
    }

    @Test
    public void anImportThatNobodyExports() throws Exception {
        install(seal().header(
                        "Import-Package",
                        CONTRACT + ";version=\"[0.1,1)\",com.example.keys,com.example.may;resolution:=optional"));
        assertTold("bundle com.example.seal 1.0.0 does not resolve: it imports com.example.keys, which no"
                + " bundle exports; install one that does");
    }

    @Test
    public void theBundleAtTheEndOfTheChainIsNamed() throws Exception {
        install(seal().header("Import-Package", "com.example.middle;version=\"[1,2)\""));
        install(Jar.of("com.example.middle", "1.2.0")
                .header("Export-Package", "com.example.middle;version=1.2")
                .header("Require-Bundle", "com.example.end;bundle-version=\"[2,3)\""));
        install(Jar.of("com.example.end", "2.0.0").header("Import-Package", "org.osgi.framework;version=\"[99,100)\""));
        String there = admin().strategies().stream()
                .filter(s -> s.name().equals("sealed"))
                .findFirst()
                .orElseThrow()
                .problem();
        assertTrue(
                there,
                there.startsWith("bundle com.example.seal 1.0.0 does not resolve: it imports com.example.middle"
                        + " [1.0.0,2.0.0) from com.example.middle 1.2.0, which does not resolve: it requires bundle"
                        + " com.example.end [2.0.0,3.0.0) from com.example.end 2.0.0, which does not resolve: it imports"
                        + " org.osgi.framework [99.0.0,100.0.0), org.apache.felix.framework "));
        assertTold(there);
    }

    @Test
    public void bundlesThatWantOneAnotherAreNotBlamed() throws Exception {
        install(seal().header("Export-Package", "com.example.a").header("Import-Package", "com.example.b"));
        install(Jar.of("com.example.other", "1.0.0")
                .header("Export-Package", "com.example.b")
                .header("Import-Package", "com.example.a,com.example.gone"));
        assertTold("bundle com.example.seal 1.0.0 does not resolve: it imports com.example.b from"
                + " com.example.other 1.0.0, which does not resolve: it imports com.example.gone, which no"
                + " bundle exports; install one that does");
    }

    @Test
    public void builtForANewerJava() throws Exception {
        install(seal().header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
        assertTold("bundle com.example.seal 1.0.0 does not resolve: it is built for JavaSE 99, this is Java "
                + Runtime.version().feature() + "; run on the Java it wants, or build it for this one");
    }

    @Test
    public void anExtenderOfAnotherVersion() throws Exception {
        install(
                seal().header(
                                "Require-Capability",
                                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=9.0.0)(!(version>=10.0.0)))\""));
        assertTold("bundle com.example.seal 1.0.0 does not resolve: it requires osgi.extender osgi.component"
                + " [9.0.0,10.0.0), org.apache.felix.scr 2.2.18 provides 1.5.0; install a bundle that provides what it"
                + " wants, or build it against what is there");
    }

    @Test
    public void aFragment() throws Exception {
        install(seal().header("Fragment-Host", "io.pinion.buffered"));
        assertTold("bundle com.example.seal 1.0.0 is a fragment, and fragments start no component; build it without"
                + " Fragment-Host");
    }

    @Test
    public void installedThenStartedAndStopped() throws Exception {
        Bundle bundle = install(seal());
        assertTold(
                "bundle com.example.seal 1.0.0 is installed and not started; start it, and the log tells what keeps it"
                        + " from that");
        bundle.start();
        assertTold("bundle com.example.seal 1.0.0 is active and registers no strategy: its component waits for a"
                + " configuration or a service, or failed; 'scr:list' and the log tell more");
        bundle.stop();
        assertTold("bundle com.example.seal 1.0.0 is not started; start it, and the log tells what keeps it from that");
    }

    @Test
    public void aComponentThatWaitsForAService() throws Exception {
        Bundle bundle = install(seal().header("Service-Component", "OSGI-INF/seal.xml")
                .header(
                        "Require-Capability",
                        "osgi.service;filter:=\"(objectClass=com.example.Keys)\";effective:=active,"
                                + "osgi.service;filter:=\"(objectClass=com.example.May)\";effective:=active;resolution:=optional")
                .entry(
                        "OSGI-INF/seal.xml",
                        "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.3.0' name='seal'>"
                                + "<implementation class='com.example.Seal'/>"
                                + "<service><provide interface='io.pinion.strategy.IoStrategy'/></service>"
                                + "<reference name='keys' interface='com.example.Keys'/>"
                                + "</scr:component>"));
        bundle.start();
        assertTold("bundle com.example.seal 1.0.0 is active and registers no strategy: it waits for a service"
                + " (objectClass=com.example.Keys), which no bundle registers");
    }

    private static Jar stranger() throws Exception {
        return seal().header("Bundle-Activator", StrangerActivator.class.getName())
                .header(StrangerActivator.NAME, "sealed")
                .with(StrangerActivator.class);
    }

    @Test
    public void aContractOfItsOwn() throws Exception {
        install(stranger().withCopyOf(CONTRACT, "io.pinion.core").header("Import-Package", "org.osgi.framework"))
                .start();
        String core = "io.pinion.core " + bundle("io.pinion.core").getVersion();
        assertTold(
                "bundle com.example.seal 1.0.0 contains package io.pinion.strategy itself, so its strategy is none to"
                        + " Pinion; build it without, and let it import the package of " + core);
    }

    @Test
    public void aContractOfSomebodyElses() throws Exception {
        install(Jar.of("com.example.api", "7.0.0")
                .withCopyOf(CONTRACT, "io.pinion.core")
                .header("Export-Package", CONTRACT + ";version=0.2"));
        install(stranger().header("Import-Package", "org.osgi.framework," + CONTRACT + ";version=\"[0.2,0.3)\""))
                .start();
        String core = "io.pinion.core " + bundle("io.pinion.core").getVersion();
        assertTold("bundle com.example.seal 1.0.0 has package io.pinion.strategy from com.example.api 7.0.0, not from "
                + core + ", so its strategy is none to Pinion; uninstall com.example.api 7.0.0 and refresh");
    }

    @Test
    public void aServiceThatCannotBeHad() throws Exception {
        install(stranger().header("Import-Package", "org.osgi.framework," + CONTRACT + ";version=\"[0.1,1)\""))
                .start();
        assertTold(
                "the service of bundle com.example.seal 1.0.0 cannot be had: its factory throws or gives nothing; the"
                        + " log tells more");
    }

    @Test
    public void aPromiseOfAnotherNameThanTheService() throws Exception {
        install(stranger()
                        .header(StrangerActivator.NAME, "seal")
                        .header(StrangerActivator.WORKS, "yes")
                        .header("DynamicImport-Package", "*")
                        .with(LazyStrategy.class)
                        .with(PlainChannel.class))
                .start();
        assertTold("bundle com.example.seal 1.0.0 promises pinion.strategy=sealed in its manifest, and registers"
                + " pinion.strategy=seal; have both say the same, or see what its component for sealed waits for");
    }

    @Test
    public void aRankingThatChangesWhileItServes() throws Exception {
        ServiceRegistration<IoStrategy> elder = register("sealed", 0);
        ServiceRegistration<IoStrategy> younger = register("sealed", 0);
        try {
            awaitStrategy("v", "sealed");
            assertServes(0);
            younger.setProperties(properties("sealed", 7));
            assertServes(7);
            elder.setProperties(properties("sealed", 8));
            assertServes(8);
            elder.setProperties(properties("renamed", 8));
            assertServes(7);
            younger.setProperties(
                    new Hashtable<>(Map.of("pinion.strategy", "sealed", "pinion.strategy.shape", "round")));
            awaitStrategy("v", "buffered");
            assertEquals(List.of("pinion.strategy.shape=round is refused; allowed: positional, tape"), problems());
        } finally {
            elder.unregister();
            younger.unregister();
        }
    }

    private void assertServes(int ranking) {
        Eventually.holds(
                "the strategy of ranking " + ranking + " serves",
                () -> admin().strategies().stream()
                        .anyMatch(s -> s.ranking() == ranking && s.volumes().equals(List.of("v"))),
                () -> admin().strategies());
    }

    private ServiceRegistration<IoStrategy> register(String name, int ranking) {
        return context().registerService(IoStrategy.class, new LazyStrategy(), properties(name, ranking));
    }

    private static Hashtable<String, Object> properties(String name, int ranking) {
        return new Hashtable<>(Map.of("pinion.strategy", name, "service.ranking", ranking));
    }
}
