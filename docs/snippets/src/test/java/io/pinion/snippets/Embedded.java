package io.pinion.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.docs.Document;
import io.pinion.docs.Document.Table;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework made by {@link Host} of bundles from the archive, seen from outside: its classes are not ours. */
final class Embedded implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Framework framework;

    private Embedded(Framework framework) {
        this.framework = framework;
    }

    /** Starts a host in an empty directory. */
    static Embedded start(Path directory, List<String> jars) throws Exception {
        Path archive = Files.createDirectory(directory.resolve("archive"));
        Process tar = new ProcessBuilder("tar", "xzf", System.getProperty("pinion.archive"), "-C", archive.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        Path bundles = Files.createDirectory(directory.resolve("bundles"));
        for (String jar : jars) {
            Files.copy(find(archive, jar), bundles.resolve(jar));
        }
        Path snippets = Path.of(System.getProperty("pinion.snippets"));
        Files.copy(snippets, bundles.resolve(snippets.getFileName()));
        return new Embedded(Host.start(bundles, directory.resolve("storage")));
    }

    /** {@return the jars that docs/embedding.md says a host needs: all, or those that it needs always} */
    static List<String> jars(boolean always) {
        Table table = Document.read(Document.root().resolve("docs/embedding.md")).tables().stream()
                .filter(found -> found.head().contains("bundle"))
                .findFirst()
                .orElseThrow();
        int bundle = table.head().indexOf("bundle");
        int version = table.head().indexOf("version");
        int needed = table.head().indexOf("needed");
        return table.rows().stream()
                .filter(row -> !always || row.cells().get(needed).equals("always"))
                .map(row -> row.cells().get(bundle).replace("`", "").split(":")[1] + "-"
                        + row.cells().get(version).replace("Pinion's", System.getProperty("pinion.version")) + ".jar")
                .toList();
    }

    private static Path find(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " of docs/embedding.md is not in the archive"));
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle bundle(String name) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns once all that was updated is refreshed. */
    void refresh() throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(null, event -> refreshed.countDown());
        assertThat(refreshed.await(60, TimeUnit.SECONDS)).isTrue();
    }

    boolean isThere(Class<?> component) {
        return references(component.getName(), "(objectClass=*)").length > 0;
    }

    boolean isThere(String volume, String strategy) {
        String filter = "(&(pinion.volume=" + volume + ")(pinion.volume.strategy=" + strategy + "))";
        return references("io.pinion.volume.Volume", filter).length > 0;
    }

    /** {@return the component, once it is there} */
    Object component(Class<?> type) {
        await(type.getSimpleName() + " is there", () -> isThere(type));
        return context().getService(references(type.getName(), "(objectClass=*)")[0]);
    }

    private ServiceReference<?>[] references(String type, String filter) {
        try {
            ServiceReference<?>[] found = context().getAllServiceReferences(type, filter);
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** {@return what the one public method of this name returns} */
    static Object call(Object component, String method, Object... arguments) throws Exception {
        Method found = Arrays.stream(component.getClass().getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow();
        try {
            return found.invoke(component, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        assertThat(framework.waitForStop(60_000).getType()).isEqualTo(FrameworkEvent.STOPPED);
        assertThat(Thread.getAllStackTraces().keySet())
                .as("threads of volumes")
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("pinion-volume"));
    }
}
