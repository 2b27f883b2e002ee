package io.pinion.launcher;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes what the framework and its services log on to the log that Pinion uses. */
final class LogBridge implements LogListener, ServiceTrackerCustomizer<LogReaderService, LogReaderService> {
    private final BundleContext context;

    private LogBridge(BundleContext context) {
        this.context = context;
    }

    static void attach(BundleContext context) {
        new ServiceTracker<>(context, LogReaderService.class, new LogBridge(context)).open();
    }

    @Override
    public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
        LogReaderService reader = context.getService(reference);
        reader.addLogListener(this);
        return reader;
    }

    @Override
    public void modifiedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
        // Its properties don't matter.
    }

    @Override
    public void removedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
        context.ungetService(reference);
    }

    /** The framework's events come through here as well; of these only troubles are worth a line. */
    @Override
    public void logged(LogEntry entry) {
        if (entry.getLoggerName().startsWith("Events.") && !LogLevel.WARN.implies(entry.getLogLevel())) {
            return;
        }
        Logger logger = LoggerFactory.getLogger(entry.getBundle().getSymbolicName());
        String message = entry.getMessage();
        Throwable thrown = entry.getException();
        if (isRefusal(thrown)) {
            logger.info(message);
            return;
        }
        switch (entry.getLogLevel()) {
            case AUDIT, ERROR -> logger.error(message, thrown);
            case WARN -> logger.warn(message, thrown);
            case INFO -> logger.info(message, thrown);
            case DEBUG -> logger.debug(message, thrown);
            case TRACE -> logger.trace(message, thrown);
        }
    }

    /** Whoever refuses a configuration says so itself; Configuration Admin repeats it as an error, with a trace. */
    private static boolean isRefusal(Throwable thrown) {
        return thrown != null && thrown.toString().startsWith("org.osgi.service.cm.ConfigurationException");
    }
}
