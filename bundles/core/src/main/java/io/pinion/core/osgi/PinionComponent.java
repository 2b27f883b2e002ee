package io.pinion.core.osgi;

import io.pinion.core.config.TapeMetatype;
import io.pinion.core.config.VolumeMetatype;
import io.pinion.core.control.Admin;
import io.pinion.core.control.StrategyEntry;
import io.pinion.core.control.StrategyProperties;
import io.pinion.core.control.Volumes;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.Shape;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.choice.StrategyChooser;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Pinion in a container. What is bound and unbound here only sets what volumes want; none is opened or swapped on a thread
 * of the service component runtime. The capability is what resolvers want to know of services that no component has.
 */
@Component(
        immediate = true,
        service = {})
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>='io.pinion.volume.TapeDrive,io.pinion.volume.Volume,io.pinion.volume.VolumeAdmin'",
        uses = {TapeDrive.class, Volume.class, VolumeAdmin.class})
public final class PinionComponent {
    private final Registrations registrations;
    private final Volumes volumes;
    private final BundleContext context;
    private volatile TargetGuard guard;
    private volatile StrategyChooser chooser;
    private volatile ConfigurationAdmin configurationAdmin;
    private final List<ServiceRegistration<?>> factories = new ArrayList<>();

    /** Made by the service component runtime, before anything is bound. */
    @Activate
    public PinionComponent(BundleContext context) {
        this.context = context;
        this.registrations = new Registrations(context);
        this.volumes = new Volumes(registrations, null, new InstalledStrategies(context));
    }

    /** Takes configurations from now on. */
    @Activate
    void start() {
        registrations.publish(new Admin(volumes, new SavedConfiguration(() -> configurationAdmin)));
        takeConfigurations(VolumeMetatype.PID, Shape.POSITIONAL);
        takeConfigurations(TapeMetatype.PID, Shape.TAPE);
    }

    private void takeConfigurations(String factoryPid, Shape shape) {
        factories.add(context.registerService(
                ManagedServiceFactory.class,
                new VolumeFactory(volumes, factoryPid, shape),
                new Hashtable<>(Map.of(Constants.SERVICE_PID, factoryPid))));
    }

    /** Ends all volumes; each is flushed. */
    @Deactivate
    void stop() {
        factories.forEach(ServiceRegistration::unregister);
        volumes.close();
        registrations.withdrawAdmin();
        Afterlife.prepare(context.getBundle());
    }

    /** A strategy has come. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStrategy(IoStrategy strategy, ServiceReference<IoStrategy> reference) {
        volumes.add(entry(strategy, reference));
    }

    /** A strategy says something else of itself. */
    void updatedStrategy(IoStrategy strategy, ServiceReference<IoStrategy> reference) {
        volumes.update(entry(strategy, reference));
    }

    /** A strategy leaves. */
    void removeStrategy(ServiceReference<IoStrategy> reference) {
        volumes.remove(id(reference));
    }

    /** A guard has come; a better one comes before the other leaves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setGuard(TargetGuard came) {
        guard = came;
        volumes.setGuard(came);
    }

    /** A guard leaves, and its claims stay. */
    void unsetGuard(TargetGuard left, ServiceReference<TargetGuard> reference) {
        if (guard == left) {
            guard = null;
            volumes.setGuard(null);
        }
        Afterlife.prepare(reference.getBundle());
    }

    /** Who chooses for volumes with strategy=auto has come; a better one comes before the other leaves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setChooser(StrategyChooser came) {
        chooser = came;
        volumes.setChooser(came);
    }

    /** Who chooses leaves; what was chosen stays. */
    void unsetChooser(StrategyChooser left) {
        if (chooser == left) {
            chooser = null;
            volumes.setChooser(null);
        }
    }

    /** Where --save writes has come. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setConfigurationAdmin(ConfigurationAdmin came) {
        configurationAdmin = came;
    }

    /** Where --save writes leaves. */
    void unsetConfigurationAdmin(ConfigurationAdmin left) {
        if (configurationAdmin == left) {
            configurationAdmin = null;
        }
    }

    private static StrategyEntry entry(IoStrategy strategy, ServiceReference<IoStrategy> reference) {
        return new StrategyEntry(
                StrategyProperties.read(reference::getProperty),
                strategy,
                id(reference),
                Provider.of(reference.getBundle()));
    }

    private static long id(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }
}
