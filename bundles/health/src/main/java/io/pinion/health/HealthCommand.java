package io.pinion.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The command {@code health}: runs all checks tagged {@code pinion}, those of other bundles too, and fails when something
 * is critical. It imports nothing of a shell, so that the checks do without one; what helps with it are properties.
 */
@Component(
        service = HealthCommand.class,
        property = {
            "osgi.command.scope=pinion",
            "osgi.command.function=health",
            "pinion.help.health=runs the health checks, and fails when one is critical",
            "pinion.help.health=usage: health [--ready]; with --ready it fails also while a volume waits"
        })
public final class HealthCommand {
    private final List<Named> checks = new CopyOnWriteArrayList<>();

    private record Named(String name, HealthCheck check) {}

    /** One line for the operator; a shell prints an exception by {@link #toString()}. */
    private static final class Unhealthy extends Exception {
        private static final long serialVersionUID = 1;

        Unhealthy(String message) {
            super(message);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    /** A check has come. */
    @Reference(
            target = "(hc.tags=pinion)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addCheck(HealthCheck check, Map<String, Object> properties) {
        checks.add(new Named(String.valueOf(properties.get(HealthCheck.NAME)), check));
    }

    /** A check leaves. */
    void removeCheck(HealthCheck check) {
        checks.removeIf(named -> named.check() == check);
    }

    /** Prints what every check finds. */
    public void health(String... words) throws Exception {
        boolean ready = List.of(words).equals(List.of("--ready"));
        if (words.length > 0 && !ready) {
            throw new Unhealthy("unknown: " + String.join(" ", words) + "; usage: health [--ready]");
        }
        if (checks.isEmpty()) {
            throw new Unhealthy("there is no health check: bundle io.pinion.core is not active; see lb and log/");
        }
        List<String> bad = new ArrayList<>();
        checks.stream().sorted(Comparator.comparing(Named::name)).forEach(named -> {
            Result result = execute(named.check());
            print(named.name(), result);
            if (isBad(result.getStatus(), ready)) {
                bad.add(named.name() + ": " + words(result.getStatus()));
            }
        });
        if (!bad.isEmpty()) {
            throw new Unhealthy(String.join(", ", bad));
        }
    }

    private static Result execute(HealthCheck check) {
        try {
            return check.execute();
        } catch (RuntimeException | LinkageError e) {
            return new Result(Status.HEALTH_CHECK_ERROR, "the check itself failed: " + e);
        }
    }

    private static boolean isBad(Status status, boolean ready) {
        return switch (status) {
            case OK, WARN -> false;
            case TEMPORARILY_UNAVAILABLE -> ready;
            case CRITICAL, HEALTH_CHECK_ERROR -> true;
        };
    }

    private static void print(String name, Result result) {
        System.out.println(name + ": " + words(result.getStatus()));
        for (ResultLog.Entry entry : result) {
            String mark = entry.getStatus() == Status.OK ? "" : words(entry.getStatus()) + ": ";
            System.out.println("  " + mark + entry.getMessage());
        }
    }

    private static String words(Status status) {
        return status.name().replace('_', ' ');
    }
}
