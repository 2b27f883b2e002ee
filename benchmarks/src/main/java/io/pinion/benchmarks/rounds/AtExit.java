package io.pinion.benchmarks.rounds;

/** What is to be undone, once: when it is done with, or when the virtual machine ends before that, as by Ctrl-C. */
public final class AtExit {
    private final Thread hook;

    /** Has it undone at the end, unless it is {@linkplain #cancel() cancelled} before. */
    public AtExit(Runnable undo) {
        hook = new Thread(undo, "undo-at-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** {@return whether it is now the caller's to undo it} Else the virtual machine is ending, and it is being undone. */
    public boolean cancel() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
