package io.pinion.core.control;

/** Keeps fake queues of the calling thread from completing anything, as a device that is slow would. */
final class FakeQueueControl {
    private static final ThreadLocal<Boolean> HELD = ThreadLocal.withInitial(() -> false);

    private FakeQueueControl() {}

    static void hold(boolean hold) {
        HELD.set(hold);
    }

    static boolean isHeld() {
        return HELD.get();
    }
}
