package io.pinion.linux.libc;

import com.sun.jna.Native;
import io.pinion.linux.SystemCalls;
import java.util.Optional;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers {@link SystemCalls} where there are any. Where there are none this says so once: a component that refuses to
 * activate would have the whole of its stack trace logged for what is no fault.
 */
@Component(
        immediate = true,
        service = {})
@Capability(
        namespace = "osgi.service",
        attribute = {"objectClass:List<String>=\"io.pinion.linux.SystemCalls\""},
        uses = SystemCalls.class)
public final class LibCRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(LibCRegistration.class);

    private final Optional<ServiceRegistration<SystemCalls>> registration;

    /** Started by the component runtime. */
    @Activate
    public LibCRegistration(BundleContext context) {
        registration = calls(System.getProperty("os.name"), System.getProperty("os.arch"))
                .map(calls -> register(context, calls));
    }

    private static ServiceRegistration<SystemCalls> register(BundleContext context, SystemCalls calls) {
        Bundle jna = FrameworkUtil.getBundle(Native.class);
        if (jna != null) {
            Jna.endThreadsLeftBehind(jna);
            Mapping.whenUnreachable(calls, () -> Jna.endThreadsLeftBehind(jna));
        }
        LOG.debug("{}", calls.way());
        return context.registerService(SystemCalls.class, calls, null);
    }

    /** Stopped by the component runtime. */
    @Deactivate
    public void stop() {
        registration.ifPresent(ServiceRegistration::unregister);
    }

    static Optional<SystemCalls> calls(String os, String architecture) {
        if (!os.equals("Linux") || !(architecture.equals("amd64") || architecture.equals("aarch64"))) {
            LOG.warn(
                    "No system calls: os.name={}, os.arch={}; allowed: Linux on amd64 or aarch64. Targets are neither"
                            + " claimed nor opened directly; strategy=buffered serves files",
                    os,
                    architecture);
            return Optional.empty();
        }
        try {
            return Optional.of(new LibC());
        } catch (LinkageError e) {
            LOG.warn(
                    "No system calls: JNA can't load its library ({}); it needs a directory that is not mounted noexec,"
                            + " see -Djna.tmpdir. Targets are neither claimed nor opened directly",
                    e.toString());
            return Optional.empty();
        }
    }
}
