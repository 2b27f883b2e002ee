package io.pinion.core.osgi;

import io.pinion.core.control.ConfigurationStore;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.util.Dictionary;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Writes preferences back through Configuration Admin; File Install carries them into the file. */
final class SavedConfiguration implements ConfigurationStore {
    private final Supplier<ConfigurationAdmin> admin;

    /** @param admin gives null while there is none */
    SavedConfiguration(Supplier<ConfigurationAdmin> admin) {
        this.admin = admin;
    }

    @Override
    public void savePreferences(String pid, List<String> strategies) throws StorageException {
        ConfigurationAdmin present = admin.get();
        if (present == null) {
            throw StorageException.of(Kind.UNAVAILABLE, "save", "no Configuration Admin is there to write to")
                    .build();
        }
        try {
            Configuration configuration = present.getConfiguration(pid, "?");
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties == null) {
                throw StorageException.of(Kind.NOT_FOUND, "save", "there is no configuration " + pid)
                        .build();
            }
            properties.put("strategy", String.join(",", strategies));
            configuration.update(properties);
        } catch (IOException e) {
            throw e instanceof StorageException failure
                    ? failure
                    : StorageException.of(Kind.IO_ERROR, "save", String.valueOf(e.getMessage()))
                            .cause(e)
                            .build();
        }
    }
}
