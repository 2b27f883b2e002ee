package io.pinion.memory;

import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Pages held by a {@link PagePinner}, until closed; also when the service that made it has left. Safe for any thread. */
@ConsumerType
public interface Pin extends AutoCloseable {
    /** {@return the pinned region, as it was given} */
    ByteBuffer region();

    /** {@return the pages under the region, in ascending order, as the kernel shows them now: a diagnosis, not a fast call} */
    List<PinnedPage> pages();

    /** Gives the pages back; those under no other pin may then be swapped out. Further calls do nothing. */
    @Override
    void close();
}
