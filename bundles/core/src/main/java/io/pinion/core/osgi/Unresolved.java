package io.pinion.core.osgi;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/**
 * Why bundles do not resolve: which requirement, at the end of the chain, nobody meets, what there is instead, and what to
 * do. Looks and resolves nothing. What lies between bundles, such as a package from two of them, only the resolver knows.
 */
final class Unresolved {
    private final Bundle home;
    private final FrameworkWiring wiring;
    private final Map<BundleRevision, Optional<String>> reasons = new HashMap<>();

    /** @param home Pinion's own bundle, whose packages drivers are built against */
    Unresolved(Bundle home, FrameworkWiring wiring) {
        this.home = home;
        this.wiring = wiring;
    }

    /** {@return what keeps it from being resolved; empty when it is, or nothing is seen that does} */
    Optional<String> reason(BundleRevision revision) {
        if (revision.getWiring() != null) {
            return Optional.empty();
        }
        if (!reasons.containsKey(revision)) {
            // Of bundles that want one another none is at fault.
            reasons.put(revision, Optional.empty());
            reasons.put(
                    revision,
                    revision.getDeclaredRequirements(null).stream()
                            .filter(Unresolved::isMandatory)
                            .flatMap(requirement -> unmet(requirement).stream())
                            .findFirst());
        }
        return reasons.get(revision);
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        String effective = directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        String resolution = directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        return (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE))
                && (resolution == null || resolution.equals(Namespace.RESOLUTION_MANDATORY));
    }

    private Optional<String> unmet(BundleRequirement requirement) {
        Wanted wanted = Wanted.of(requirement);
        Optional<String> first = Optional.empty();
        Collection<BundleCapability> providers = wiring.findProviders(requirement);
        for (BundleCapability provider : providers) {
            Optional<String> reason = reason(provider.getRevision());
            if (reason.isEmpty()) {
                return reason;
            }
            if (first.isEmpty()) {
                String from = Provider.of(provider.getRevision().getBundle());
                first = Optional.of("it " + wanted + " from " + from + ", which does not resolve: " + reason.get());
            }
        }
        return providers.isEmpty() ? Optional.of("it " + wanted + ", " + instead(wanted)) : first;
    }

    /** {@return what there is of the thing that is wanted, and the remedy} */
    private String instead(Wanted wanted) {
        if (wanted.namespace().equals(ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE)) {
            return "this is Java " + Runtime.version().feature()
                    + "; run on the Java it wants, or build it for this one";
        }
        boolean isPackage = wanted.namespace().equals(PackageNamespace.PACKAGE_NAMESPACE);
        String verb = isPackage ? "exports" : "provides";
        List<BundleCapability> others = wanted.inAnyVersion().map(wiring::findProviders).stream()
                .flatMap(Collection::stream)
                .toList();
        if (others.isEmpty()) {
            return "which no bundle " + verb + "; install one that does";
        }
        String there = others.stream()
                .map(other -> subject(other) + " " + verb + " " + version(other))
                .distinct()
                .collect(Collectors.joining(", "));
        return there + "; "
                + (others.stream().anyMatch(this::isOurs)
                        ? "build it against " + release()
                        : "install a bundle that " + verb + " what it wants, or build it against what is there");
    }

    private boolean isOurs(BundleCapability capability) {
        return capability.getRevision().getBundle().equals(home);
    }

    private String subject(BundleCapability capability) {
        return isOurs(capability)
                ? "Pinion"
                : Provider.of(capability.getRevision().getBundle());
    }

    private static Object version(BundleCapability capability) {
        Object version = capability.getAttributes().get(Wanted.versionAttribute(capability.getNamespace()));
        return version == null ? Constants.VERSION_ATTRIBUTE + " 0" : version;
    }

    private String release() {
        Version version = home.getVersion();
        return home.getSymbolicName() + " " + version.getMajor() + "." + version.getMinor();
    }
}
