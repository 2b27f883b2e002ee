package io.pinion.core.osgi;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.core.control.Volumes;
import io.pinion.strategy.Shape;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.cm.ManagedServiceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the configurations of volumes, or of drives; refusing one leaves the volume as it was.
 *
 * <p>A refusal is logged and kept by {@link Volumes}, not thrown: Felix's Configuration Admin does not tell of the deletion
 * of a configuration that was never accepted, and the refusal would stay for good.
 */
final class VolumeFactory implements ManagedServiceFactory {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeFactory.class);
    private static final String FILE = "felix.fileinstall.filename";

    private final Volumes volumes;
    private final String factoryPid;
    private final Shape shape;

    VolumeFactory(Volumes volumes, String factoryPid, Shape shape) {
        this.volumes = volumes;
        this.factoryPid = factoryPid;
        this.shape = shape;
    }

    @Override
    public String getName() {
        return shape == Shape.TAPE ? "Pinion tape drives" : "Pinion volumes";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) {
        Map<String, Object> values = new HashMap<>();
        for (String key : Collections.list(properties.keys())) {
            values.put(key, properties.get(key));
        }
        try {
            if (!volumes.configure(shape, pid, defaultName(pid, values), values)) {
                LOG.debug("configuration {} comes too late: core is stopping", pid);
            }
        } catch (ConfigurationRefused e) {
            LOG.debug("configuration {} is refused", pid, e);
        }
    }

    /** What follows the tilde of the PID, else what follows the dash of the file's name. */
    private String defaultName(String pid, Map<String, ?> values) {
        int tilde = pid.indexOf('~');
        if (tilde >= 0) {
            return pid.substring(tilde + 1);
        }
        String file = String.valueOf(values.get(FILE));
        String name = file.substring(file.lastIndexOf('/') + 1);
        String prefix = factoryPid + "-";
        int dot = name.lastIndexOf('.');
        return name.startsWith(prefix) && dot > prefix.length() ? name.substring(prefix.length(), dot) : pid;
    }

    @Override
    public void deleted(String pid) {
        volumes.delete(pid);
    }
}
