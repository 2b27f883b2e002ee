package io.pinion.metrics;

import io.pinion.configuration.ConfigurationRefused;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoint, if there is one, as the latest good configuration wants it. A bad one changes nothing, and is logged. */
final class Listening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final MultiCollector figures;
    private Optional<Settings> settings = Optional.empty();
    private Optional<Endpoint> endpoint = Optional.empty();

    Listening(MultiCollector figures) {
        this.figures = figures;
    }

    synchronized void configure(Map<String, ?> properties) {
        try {
            configure(Settings.from(properties));
        } catch (ConfigurationRefused e) {
            LOG.warn("{}: {}; {}", MetricsSettings.PID, e.getMessage(), now());
        }
    }

    /** The old endpoint goes first, because the new one may want its port; it comes back when the new one can't be. */
    synchronized void configure(Settings wanted) {
        if (settings.filter(wanted::isSameAs).isPresent() && endpoint.isPresent() == wanted.enabled()) {
            return;
        }
        endpoint.ifPresent(Endpoint::close);
        endpoint = Optional.empty();
        Optional<Settings> before = settings.filter(Settings::enabled);
        settings = Optional.of(wanted);
        if (!wanted.enabled()) {
            return;
        }
        try {
            listen(wanted);
        } catch (IOException | LinkageError e) {
            before.filter(old -> !old.isSameAs(wanted)).ifPresent(this::goBack);
            LOG.warn("{}: {}; {}", MetricsSettings.PID, why(wanted, e), now());
        }
    }

    private void listen(Settings at) throws IOException {
        endpoint = Optional.of(Endpoint.open(at, figures));
        settings = Optional.of(at);
        LOG.info("metrics are at {}", endpoint.get().url());
    }

    /** Tries once: what was listened on may not be to be had any more either. */
    private void goBack(Settings old) {
        try {
            listen(old);
        } catch (IOException | LinkageError e) {
            LOG.warn("{}: {}", MetricsSettings.PID, why(old, e));
        }
    }

    private static String why(Settings wanted, Throwable thrown) {
        String what = "address=" + wanted.address().getHostAddress() + " port=" + wanted.port();
        if (thrown instanceof LinkageError) {
            return what + ": this container does not let bundles use the JDK's HTTP server (" + thrown
                    + "); add com.sun.net.httpserver to org.osgi.framework.system.packages.extra";
        }
        return what + " can't be listened on: " + thrown.getMessage()
                + "; configure another, or end the program that has it and save the configuration again";
    }

    private String now() {
        return endpoint.map(open -> "metrics stay at " + open.url()).orElse("metrics stay off");
    }

    /** {@return where the figures are, when they are anywhere} */
    synchronized Optional<String> url() {
        return endpoint.map(Endpoint::url);
    }

    @Override
    public synchronized void close() {
        endpoint.ifPresent(Endpoint::close);
        endpoint = Optional.empty();
        settings = Optional.empty();
    }
}
