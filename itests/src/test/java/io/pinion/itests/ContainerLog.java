package io.pinion.itests;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;

/**
 * The errors that are logged while it is open: through slf4j-simple, as Pinion does, which writes to standard error; through
 * the log service, as the component runtime does; and to standard output, as the framework does.
 */
final class ContainerLog implements AutoCloseable {
    private static final Pattern ERROR = Pattern.compile("^(\\[.*?\\] )?ERROR\\b");

    /**
     * A defect of Apache Felix Log 1.3.0, which asks a service that has gone meanwhile for its bundle (Log.serviceChanged); the
     * framework logs it.
     */
    private static final Pattern OF_FELIX_LOG = Pattern.compile(
            "Bundle org\\.apache\\.felix\\.log \\[.*NullPointerException.*ServiceReference\\.getBundle\\(\\)\" is null");

    /** Apache Felix File Install looks at a configuration some time after it was changed, by when a test may have deleted it. */
    private static final Pattern OF_FILE_INSTALL = Pattern.compile(
            "^org\\.apache\\.felix\\.fileinstall \\[.*Unable to save configuration .*Configuration \\S+ deleted");

    /**
     * Apache Felix ConfigAdmin tells a factory that has come a moment ago of a configuration that was made just now and has no
     * properties yet; when it gets them the factory is told.
     */
    private static final Pattern OF_CONFIGURATION_ADMIN =
            Pattern.compile("^org\\.apache\\.felix\\.configadmin \\[.*Ignoring new configuration pid=");

    private final BundleContext context;
    private final PrintStream errBefore = System.err;
    private final PrintStream outBefore = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final long since = System.currentTimeMillis();

    private ContainerLog(BundleContext context) {
        this.context = context;
        System.setErr(new PrintStream(new Both(errBefore), true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(new Both(outBefore), true, StandardCharsets.UTF_8));
    }

    /** @param context where the log service is; null to do without it */
    static ContainerLog from(BundleContext context) {
        return new ContainerLog(context);
    }

    @Override
    public void close() {
        System.setErr(errBefore);
        System.setOut(outBefore);
    }

    /** {@return the errors in which none of these expressions is found} */
    List<String> unexpected(List<String> expressions) {
        return Stream.concat(fromStreams(), fromService())
                .filter(error -> expressions.stream()
                        .noneMatch(expression ->
                                Pattern.compile(expression).matcher(error).find()))
                .toList();
    }

    private Stream<String> fromStreams() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> ERROR.matcher(line).find())
                .filter(line -> !OF_FELIX_LOG.matcher(line).find());
    }

    private Stream<String> fromService() {
        return entries()
                .filter(entry -> entry.getLogLevel() == LogLevel.ERROR)
                .map(entry -> entry.getBundle() + ": " + entry.getMessage() + " " + entry.getException())
                .filter(error -> !OF_FILE_INSTALL.matcher(error).find())
                .filter(error -> !OF_CONFIGURATION_ADMIN.matcher(error).find());
    }

    private Stream<LogEntry> entries() {
        if (context == null) {
            return Stream.empty();
        }
        LogReaderService reader = context.getService(context.getServiceReference(LogReaderService.class));
        return Collections.list(reader.getLog()).stream().filter(entry -> entry.getTime() >= since);
    }

    /** {@return whether somebody has logged this, as an error or less} */
    boolean says(String text) {
        return written.toString(StandardCharsets.UTF_8).contains(text)
                || entries().anyMatch(entry -> entry.getMessage().contains(text));
    }

    private final class Both extends OutputStream {
        private final PrintStream before;

        Both(PrintStream before) {
            this.before = before;
        }

        @Override
        public void write(int b) {
            written.write(b);
            before.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written.write(bytes, offset, length);
            before.write(bytes, offset, length);
        }
    }
}
