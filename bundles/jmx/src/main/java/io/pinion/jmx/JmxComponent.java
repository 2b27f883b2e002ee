package io.pinion.jmx;

import io.pinion.memory.PagePinner;
import io.pinion.volume.VolumeAdmin;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shows the volumes of this container on the platform's MBean server, as long as there is an admin of them. */
@Component(
        immediate = true,
        service = {})
public final class JmxComponent {
    private final AtomicReference<PagePinner> pinner = new AtomicReference<>();
    private VolumeAdmin admin;
    private volatile Beans beans;

    /** The admin has come, before the component starts. */
    @Reference
    void bindAdmin(VolumeAdmin came) {
        admin = came;
    }

    /** A volume was configured or deleted. */
    void updatedAdmin(VolumeAdmin changed) {
        Beans present = beans;
        if (present != null) {
            present.refresh();
        }
    }

    /** The service that pins has come; a better one comes before the other leaves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPinner(PagePinner came) {
        pinner.set(came);
    }

    /** The service that pins leaves. */
    void unbindPinner(PagePinner left) {
        pinner.compareAndSet(left, null);
    }

    @Activate
    void start() {
        Beans all =
                new Beans(ManagementFactory.getPlatformMBeanServer(), admin, () -> Optional.ofNullable(pinner.get()));
        beans = all;
        all.refresh();
    }

    @Deactivate
    void stop() {
        beans.close();
    }
}
