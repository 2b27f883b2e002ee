package io.pinion.snippets;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A component that is there while its volume is. */
@Component(service = Ledger.class)
public final class Ledger {
    private final Volume volume;

    @Activate
    public Ledger(@Reference(target = "(pinion.volume=ledger)") Volume volume) {
        this.volume = volume;
    }

    /** Returns when the entry is on stable storage. */
    public void put(ByteBuffer entry, long position) throws StorageException {
        volume.write(entry, position);
        volume.flush();
    }
}
