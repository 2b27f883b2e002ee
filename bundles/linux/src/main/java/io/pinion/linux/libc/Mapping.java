package io.pinion.linux.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.ref.Cleaner;

/**
 * Maps the native methods of a class as long as somebody who calls them can be reached, and no longer. JNA holds a mapped
 * class, and with it the class loader of its bundle, by references that no garbage collection sees through, until it is
 * unmapped; and to unmap a method while a call is inside takes the process down. A caller that is reachable until its call
 * is back (Reference.reachabilityFence, which is no instruction) makes both safe without a counter on the way: when no
 * caller can be reached any more, no call is inside and none can begin.
 */
final class Mapping {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Class<?> natives;
    private int callers;

    /** @param natives whose static native methods are called by {@link #use users} alone */
    Mapping(Class<?> natives) {
        this.natives = natives;
    }

    /**
     * Keeps the methods mapped until this caller is unreachable.
     *
     * @throws LinkageError when JNA can't load its library, or the C library lacks a function
     */
    void use(Object caller) {
        synchronized (this) {
            if (callers == 0) {
                map();
            }
            callers++;
        }
        whenUnreachable(caller, this::letGo);
    }

    /** Runs the action, which must not lead to the object, when that is unreachable. */
    static void whenUnreachable(Object object, Runnable action) {
        CLEANER.register(object, action);
    }

    private void map() {
        JnaThread.start();
        Native.register(natives, NativeLibrary.getProcess());
        // Nothing here needs them, and one of them is the class itself, which nothing takes out again.
        Native.getLibraryOptions(natives).clear();
    }

    private synchronized void letGo() {
        callers--;
        if (callers == 0) {
            Native.unregister(natives);
        }
    }
}
