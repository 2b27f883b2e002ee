package io.pinion.core.control;

import io.pinion.strategy.StorageException;
import java.util.List;

/** Where configurations come from, and where {@code --save} writes. */
public interface ConfigurationStore {
    /** Writes the preferences into the configuration. */
    void savePreferences(String pid, List<String> strategies) throws StorageException;
}
