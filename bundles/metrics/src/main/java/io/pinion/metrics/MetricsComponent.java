package io.pinion.metrics;

import io.pinion.memory.BufferPool;
import io.pinion.memory.PagePinner;
import io.pinion.memory.RegisteredMemory;
import io.pinion.volume.VolumeAdmin;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Listens where it is configured to, and not before. */
@Component(
        immediate = true,
        service = {},
        configurationPid = MetricsSettings.PID)
@Designate(ocd = MetricsSettings.class)
public final class MetricsComponent {
    private final AtomicReference<PagePinner> pinner = new AtomicReference<>();
    private final AtomicReference<RegisteredMemory> registered = new AtomicReference<>();
    private final AtomicReference<BufferPool> pool = new AtomicReference<>();
    private final Listening listening;

    /** Made by the service component runtime. */
    @Activate
    public MetricsComponent(BundleContext context, @Reference VolumeAdmin admin, Map<String, Object> properties) {
        String version = context.getBundle().getVersion().toString();
        listening = new Listening(new PinionCollector(
                version,
                admin,
                () -> Optional.ofNullable(pinner.get()),
                () -> Optional.ofNullable(registered.get()),
                () -> Optional.ofNullable(pool.get())));
        listening.configure(properties);
    }

    /** A configuration has come, changed or gone. */
    @Modified
    void modified(Map<String, Object> properties) {
        listening.configure(properties);
    }

    @Deactivate
    void stop() {
        listening.close();
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

    /** The service that counts what is registered has come; a better one comes before the other leaves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRegistered(RegisteredMemory came) {
        registered.set(came);
    }

    /** The service that counts what is registered leaves. */
    void unbindRegistered(RegisteredMemory left) {
        registered.compareAndSet(left, null);
    }

    /** The service that leases has come; a better one comes before the other leaves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPool(BufferPool came) {
        pool.set(came);
    }

    /** The service that leases leaves. */
    void unbindPool(BufferPool left) {
        pool.compareAndSet(left, null);
    }
}
