package io.pinion.linux.libc;

import java.lang.ref.Cleaner;

/**
 * Maps the native methods of a class as long as somebody who calls them can be reached, and no longer: a mapped class, and
 * with it the class loader of its bundle, is held until it is unmapped, and to unmap a method while a call is inside takes
 * the process down. A caller that is reachable until its call is back (Reference.reachabilityFence, which is no
 * instruction) makes both safe without a counter on the way: when no caller can be reached any more, no call is inside and
 * none can begin.
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
                Jna.map(natives);
            }
            callers++;
        }
        whenUnreachable(caller, this::letGo);
    }

    private synchronized void letGo() {
        callers--;
        if (callers == 0) {
            Jna.unmap(natives);
        }
    }

    /** Runs the action, which must not lead to the object, when that is unreachable. */
    static void whenUnreachable(Object object, Runnable action) {
        CLEANER.register(object, action);
    }
}
