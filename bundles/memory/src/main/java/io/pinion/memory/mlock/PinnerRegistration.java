package io.pinion.memory.mlock;

import io.pinion.linux.SystemCalls;
import io.pinion.memory.PagePinner;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Registers the {@link PagePinner}. Each bundle that asks gets an object of its own, which knows its name: so no pin is
 * without an owner, and nobody has to say who they are. What they pin is counted together.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = MemorySettings.PID)
@Designate(ocd = MemorySettings.class)
@Capability(
        namespace = "osgi.service",
        attribute = {"objectClass:List<String>=\"io.pinion.memory.PagePinner\""},
        uses = PagePinner.class)
public final class PinnerRegistration {
    private final ServiceRegistration<PagePinner> registration;

    /** Started by the component runtime. */
    @Activate
    public PinnerRegistration(BundleContext context, @Reference SystemCalls calls, Map<String, Object> properties) {
        configure(properties);
        registration = context.registerService(PagePinner.class, new ForEachBundle(calls), null);
    }

    /** A configuration has come, changed or gone. */
    @Modified
    void configure(Map<String, Object> properties) {
        PinLimit.configure(LockedPages.OF_PROCESS, properties);
    }

    /** Stopped by the component runtime. What was pinned stays so until the pins are closed. */
    @Deactivate
    public void stop() {
        registration.unregister();
    }

    private record ForEachBundle(SystemCalls calls) implements ServiceFactory<PagePinner> {
        @Override
        public PagePinner getService(Bundle bundle, ServiceRegistration<PagePinner> registration) {
            return new MlockPinner(calls, bundle.getSymbolicName());
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<PagePinner> registration, PagePinner service) {
            // It holds nothing; its pins are their owners' to close.
        }
    }
}
