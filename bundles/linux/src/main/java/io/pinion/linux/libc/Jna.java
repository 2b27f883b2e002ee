package io.pinion.linux.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWiring;

/**
 * JNA, used so that neither this bundle's class loader nor JNA's own stays when their bundles are replaced. Left to itself
 * JNA holds a mapped class until it is unmapped, and among its options for good; leaves a thread-local value in the thread
 * that maps; and has a thread that frees native memory and never ends, because JNA holds some of that memory for good.
 */
final class Jna {
    private static final String CLEANER = "JNA Cleaner";

    private Jna() {}

    /**
     * Maps the static native methods of a class to functions of the C library.
     *
     * @throws LinkageError when JNA can't load its library, or the C library lacks a function
     */
    static void map(Class<?> natives) {
        onThreadOfTheJdk(firstUse());
        FutureTask<Void> mapping = new FutureTask<>(() -> register(natives), null);
        new Thread(mapping, "pinion-jna").start();
        await(mapping);
    }

    /** Nobody may be inside one of the methods, nor come. */
    static void unmap(Class<?> natives) {
        Native.unregister(natives);
    }

    private static void register(Class<?> natives) {
        Native.register(natives, NativeLibrary.getProcess());
        // None is needed, and one is the class itself.
        Native.getLibraryOptions(natives).clear();
    }

    /**
     * {@return what comes of the action, called with nothing but the JDK's on the stack} Here, below the caller, only if no
     * thread of the common pool has done it within a few seconds.
     */
    static <T> T onThreadOfTheJdk(Callable<T> action) {
        // Not the pool's own submit and get: get calls what no thread has taken yet.
        FutureTask<T> task = new FutureTask<>(action);
        ForkJoinPool.commonPool().execute(task);
        try {
            task.get(3, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            task.run();
        } catch (InterruptedException e) {
            task.run();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // Told below.
        }
        return await(task);
    }

    /**
     * {@return what has JNA's thread begin} Until Java 24 a thread inherits the protection domains, and so the class
     * loaders, of all that is on the stack.
     */
    private static Callable<?> firstUse() {
        try {
            MethodHandle process = MethodHandles.publicLookup()
                    .findStatic(NativeLibrary.class, "getProcess", MethodType.methodType(NativeLibrary.class));
            return MethodHandleProxies.asInterfaceInstance(Callable.class, process);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("JNA has no NativeLibrary.getProcess", e);
        }
    }

    private static <T> T await(Future<T> use) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return use.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LinkageError failure ? failure : new LinkageError("JNA failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Ends the threads of earlier contents of JNA's bundle, and of such as were uninstalled, once nobody is wired to these
     * any more. What they would have freed is freed when the class loader goes.
     *
     * @param jna the bundle that JNA is in
     */
    static void endThreadsLeftBehind(Bundle jna) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(CLEANER)
                    && thread.getClass().getClassLoader() instanceof BundleReference loader
                    && Objects.equals(loader.getBundle().getSymbolicName(), jna.getSymbolicName())
                    && !used(loader.getBundle()).contains(loader)) {
                thread.interrupt();
            }
        }
    }

    private static Set<Object> used(Bundle jna) {
        return Optional.ofNullable(jna.adapt(BundleRevisions.class)).stream()
                .flatMap(revisions -> revisions.getRevisions().stream())
                .map(BundleRevision::getWiring)
                .flatMap(Stream::ofNullable)
                .filter(BundleWiring::isInUse)
                .map(BundleWiring::getClassLoader)
                .collect(Collectors.toSet());
    }
}
