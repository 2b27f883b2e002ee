package io.pinion.linux.uring;

import io.pinion.memory.RegisteredMemory;
import org.osgi.service.component.annotations.Component;

/** Counts for all rings that were made by this bundle, by whichever driver. */
@Component
public final class AllRings implements RegisteredMemory {
    @Override
    public long registeredBytes() {
        return RegisteredBuffers.inAllRings();
    }
}
