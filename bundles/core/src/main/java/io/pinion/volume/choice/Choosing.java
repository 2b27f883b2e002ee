package io.pinion.volume.choice;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A chooser's work for one volume. Any thread may call. */
@ConsumerType
public interface Choosing extends AutoCloseable {
    /**
     * {@return sentences for the operator: what was seen of the volume's traffic, what was chosen last and why, and what would
     * change that} Must be back within a second.
     */
    List<String> reasons();

    /** Ends it: nothing is chosen any more. Must be back within 3 s; further calls do nothing. */
    @Override
    void close();
}
