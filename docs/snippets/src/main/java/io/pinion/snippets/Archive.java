package io.pinion.snippets;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** A component that goes on without its volume. */
@Component(service = Archive.class)
public final class Archive {
    private final AtomicReference<Volume> volume = new AtomicReference<>();

    @Reference(
            target = "(pinion.volume=archive)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindVolume(Volume came) {
        volume.set(came);
    }

    void unbindVolume(Volume left) {
        volume.compareAndSet(left, null); // another may have come first
    }

    /** Returns whether the page was kept: not without a volume. */
    public boolean keep(ByteBuffer page, long position) throws StorageException {
        Volume present = volume.get();
        if (present == null) {
            return false;
        }
        present.write(page, position);
        return true;
    }
}
