package io.pinion.linux.libc;

import com.sun.jna.NativeLibrary;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The thread by which JNA frees native memory. It begins with the first use of JNA and never ends, because JNA holds some
 * of that memory for good; so it keeps two class loaders that are to go: that of whoever used JNA first, and, when JNA's own
 * bundle is replaced, JNA's.
 */
final class JnaThread {
    private static final String NAME = "JNA Cleaner";

    private JnaThread() {}

    /**
     * Has it begin on a thread of the JDK's and below frames of the JDK's alone: until Java 24 a thread inherits the
     * protection domains of all that is on the stack.
     *
     * @throws LinkageError when JNA can't load its library
     */
    static void start() {
        try {
            MethodHandle process = MethodHandles.publicLookup()
                    .findStatic(NativeLibrary.class, "getProcess", MethodType.methodType(NativeLibrary.class));
            Callable<?> first = MethodHandleProxies.asInterfaceInstance(Callable.class, process);
            ForkJoinPool.commonPool().submit(first).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LinkageError failure ? failure : new LinkageError("JNA", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("JNA", e);
        } catch (InterruptedException e) {
            // Whoever is mapped next begins it then.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends those that were left by earlier contents of JNA's bundle, once nobody is wired to these any more. What they
     * would have freed is freed when the class loader goes.
     *
     * @param jna the bundle that JNA is in
     */
    static void endLeftBehind(Bundle jna) {
        Set<ClassLoader> used = used(jna);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ClassLoader loader = thread.getClass().getClassLoader();
            if (thread.getName().equals(NAME) && isOf(jna, loader) && !used.contains(loader)) {
                thread.interrupt();
            }
        }
    }

    private static boolean isOf(Bundle jna, ClassLoader loader) {
        return loader instanceof BundleReference reference
                && reference.getBundle().equals(jna);
    }

    private static Set<ClassLoader> used(Bundle jna) {
        return Optional.ofNullable(jna.adapt(BundleRevisions.class)).stream()
                .flatMap(revisions -> revisions.getRevisions().stream())
                .map(BundleRevision::getWiring)
                .flatMap(Stream::ofNullable)
                .filter(BundleWiring::isInUse)
                .map(BundleWiring::getClassLoader)
                .collect(Collectors.toSet());
    }
}
