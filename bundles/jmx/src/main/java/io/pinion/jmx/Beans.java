package io.pinion.jmx;

import io.pinion.memory.PagePinner;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beans that are registered: one for the whole, and one for each volume that is configured. Names of volumes have no
 * character that an object name would have to quote. Safe for any thread.
 */
final class Beans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

    private final MBeanServer server;
    private final VolumeAdmin admin;
    private final Set<String> volumes = new TreeSet<>();
    private final Set<ObjectName> registered = new HashSet<>();
    private boolean closed;

    Beans(MBeanServer server, VolumeAdmin admin, Supplier<Optional<PagePinner>> pinner) {
        this.server = server;
        this.admin = admin;
        register("io.pinion:type=Pinion", new DescribedBean<>(new PinionBean(admin, pinner), PinionMXBean.class));
    }

    private static String nameOf(String volume) {
        return "io.pinion:type=Volume,name=" + volume;
    }

    /** Registers beans for volumes that have come, and takes away those of volumes that have gone. */
    synchronized void refresh() {
        if (closed) {
            return;
        }
        Set<String> present = admin.volumes().stream().map(VolumeStatus::name).collect(Collectors.toSet());
        Set<String> gone = new TreeSet<>(volumes);
        gone.removeAll(present);
        gone.forEach(volume -> unregister(objectName(nameOf(volume))));
        volumes.retainAll(present);
        for (String volume : present) {
            if (volumes.add(volume)) {
                register(nameOf(volume), new DescribedBean<>(new VolumeBean(admin, volume), VolumeMXBean.class));
            }
        }
    }

    private synchronized void register(String name, Object bean) {
        try {
            registered.add(server.registerMBean(bean, objectName(name)).getObjectName());
        } catch (InstanceAlreadyExistsException e) {
            LOG.warn("another Pinion in this process has the MBean {}: this one is not shown there", name);
        } catch (JMException e) {
            LOG.error("the MBean {} could not be registered", name, e);
        }
    }

    private void unregister(ObjectName name) {
        if (registered.remove(name)) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                LOG.debug("the MBean {} was gone already", name, e);
            } catch (JMException e) {
                LOG.error("the MBean {} could not be taken away", name, e);
            }
        }
    }

    private static ObjectName objectName(String name) {
        try {
            return new ObjectName(name);
        } catch (JMException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** Takes all of them away, for good. */
    @Override
    public synchronized void close() {
        closed = true;
        Set.copyOf(registered).forEach(this::unregister);
        volumes.clear();
    }
}
