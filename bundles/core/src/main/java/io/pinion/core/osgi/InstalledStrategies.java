package io.pinion.core.osgi;

import io.pinion.core.control.Absentees;
import io.pinion.core.control.StrategyEntry;
import io.pinion.core.control.StrategyProperties;
import io.pinion.strategy.IoStrategy;
import io.pinion.volume.StrategyStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The strategies that installed bundles promise by their capability {@code pinion.strategy}, or register where core cannot
 * have them. Whoever asks pays for looking at all bundles; nothing is kept.
 */
final class InstalledStrategies implements Absentees {
    private static final String CAPABILITY = "pinion.strategy";

    private final BundleContext context;

    /** @param context core's own */
    InstalledStrategies(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<StrategyStatus> besides(Collection<StrategyEntry> present) {
        List<StrategyStatus> absent = new ArrayList<>();
        try {
            unheard(present, absent);
            Set<String> unheard = absent.stream().map(StrategyStatus::provider).collect(Collectors.toSet());
            Unresolved unresolved =
                    new Unresolved(context.getBundle(), context.getBundle(0).adapt(FrameworkWiring.class));
            for (Bundle bundle : context.getBundles()) {
                if (!unheard.contains(Provider.of(bundle))) {
                    unkept(bundle, unresolved, present, absent);
                }
            }
        } catch (IllegalStateException e) {
            // Core is stopping, or a bundle has just been uninstalled: what was found until then is true.
            return absent;
        }
        return absent;
    }

    /** Services that are there, and have not come to core. */
    private void unheard(Collection<StrategyEntry> present, List<StrategyStatus> absent) {
        for (ServiceReference<?> reference : services(IoStrategy.class.getName(), null)) {
            Object id = reference.getProperty(Constants.SERVICE_ID);
            Bundle bundle = reference.getBundle();
            if (bundle != null && present.stream().noneMatch(entry -> id.equals(entry.id()))) {
                String problem = reference.isAssignableTo(context.getBundle(), IoStrategy.class.getName())
                        ? "the service of bundle " + Provider.of(bundle)
                                + " cannot be had: its factory throws or gives nothing; the log tells more"
                        : new ClassSpace(context.getBundle()).words(bundle);
                absent.add(status(reference::getProperty, bundle, problem));
            }
        }
    }

    /** Capabilities of a bundle for which it has registered nothing; a bundle may have several strategies. */
    private void unkept(
            Bundle bundle, Unresolved unresolved, Collection<StrategyEntry> present, List<StrategyStatus> absent) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<BundleCapability> promises = revision == null ? List.of() : revision.getDeclaredCapabilities(CAPABILITY);
        for (BundleCapability promise : promises) {
            String name = StrategyProperties.read(promise.getAttributes()::get).name();
            String provider = Provider.of(bundle);
            List<String> registered = present.stream()
                    .filter(entry -> entry.provider().equals(provider))
                    .map(StrategyEntry::name)
                    .toList();
            if (!registered.contains(name)) {
                String problem = registered.isEmpty()
                        ? "bundle " + provider + " " + problem(bundle, revision, unresolved)
                        : "bundle " + provider + " promises " + CAPABILITY + "=" + name
                                + " in its manifest, and registers " + CAPABILITY + "=" + String.join(", ", registered)
                                + "; have both say the same, or see what its component for " + name + " waits for";
                absent.add(status(promise.getAttributes()::get, bundle, problem));
            }
        }
    }

    private static StrategyStatus status(Function<String, Object> property, Bundle bundle, String problem) {
        StrategyProperties said = StrategyProperties.read(property);
        return new StrategyStatus(
                said.name(),
                Provider.of(bundle),
                said.ranking(),
                said.schemes().stream().sorted().toList(),
                said.shape(),
                List.of(),
                problem);
    }

    private String problem(Bundle bundle, BundleRevision revision, Unresolved unresolved) {
        if ((revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return "is a fragment, and fragments start no component; build it without Fragment-Host";
        }
        return switch (bundle.getState()) {
            case Bundle.INSTALLED ->
                unresolved
                        .reason(revision)
                        .map(reason -> "does not resolve: " + reason)
                        .orElse("is installed and not started; start it, and the log tells what keeps it from that");
            case Bundle.RESOLVED -> "is not started; start it, and the log tells what keeps it from that";
            case Bundle.STARTING -> "is being started";
            case Bundle.STOPPING -> "is being stopped";
            default -> "is active and registers no strategy: " + idle(revision);
        };
    }

    private String idle(BundleRevision revision) {
        String unmet = revision.getDeclaredRequirements("osgi.service").stream()
                .filter(requirement ->
                        !"optional".equals(requirement.getDirectives().get("resolution")))
                .map(requirement -> requirement.getDirectives().get("filter"))
                .filter(filter -> filter != null && services(null, filter).isEmpty())
                .collect(Collectors.joining(" and "));
        return unmet.isEmpty()
                ? "its component waits for a configuration or a service, or failed; 'scr:list' and the log tell more"
                : "it waits for a service " + unmet + ", which no bundle registers";
    }

    private List<ServiceReference<?>> services(String type, String filter) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(type, filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            // A stranger's manifest: what cannot be read is not known to be missing.
            return List.of();
        }
    }
}
