package io.pinion.core.osgi;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * What a requirement wants, in an operator's words. A requirement says it by a filter, which frameworks make from headers:
 * {@code (&(osgi.wiring.package=io.pinion.strategy)(version>=1.0.0)(!(version>=1.1.0)))}.
 *
 * @param namespace the sort of thing
 * @param name which thing of the sort; empty when the filter names none
 * @param versions which versions of it; empty when any will do
 * @param filter the filter itself
 */
record Wanted(String namespace, String name, String versions, String filter) {
    private static final Pattern TERM = Pattern.compile("(\\(!)?\\(([^()=<>~!]+)([<>~]?=)((?:[^()\\\\]|\\\\.)*)\\)");
    private static final Map<String, String> VERBS = Map.of(
            PackageNamespace.PACKAGE_NAMESPACE,
            "imports ",
            BundleNamespace.BUNDLE_NAMESPACE,
            "requires bundle ",
            ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE,
            "is built for ");

    static Wanted of(Requirement requirement) {
        String namespace = requirement.getNamespace();
        String filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        String name = "";
        String floor = "";
        String ceiling = "";
        String exact = "";
        boolean plain = !filter.contains("(|");
        Matcher term = TERM.matcher(filter);
        while (term.find()) {
            boolean not = term.group(1) != null;
            String value = term.group(4);
            if (term.group(2).equals(namespace) && !not) {
                name = value;
            } else if (!term.group(2).equals(versionAttribute(namespace))) {
                plain = false;
            } else {
                switch (term.group(3)) {
                    case ">=" -> {
                        floor = not ? floor : "[" + value;
                        ceiling = not ? value + ")" : ceiling;
                    }
                    case "<=" -> {
                        floor = not ? "(" + value : floor;
                        ceiling = not ? ceiling : value + "]";
                    }
                    default -> exact = value;
                }
            }
        }
        boolean told = plain && !name.isEmpty();
        return new Wanted(namespace, name, told ? versions(floor, ceiling, exact) : filter, filter);
    }

    private static String versions(String floor, String ceiling, String exact) {
        if (!exact.isEmpty() || floor.isEmpty() && ceiling.isEmpty()) {
            return exact;
        }
        if (ceiling.isEmpty()) {
            return floor.startsWith("[") ? floor.substring(1) + " or newer" : "newer than " + floor.substring(1);
        }
        return (floor.isEmpty() ? "[0" : floor) + "," + ceiling;
    }

    /** {@return under which attribute the namespace's capabilities have their version} */
    static String versionAttribute(String namespace) {
        return namespace.equals(BundleNamespace.BUNDLE_NAMESPACE)
                ? Constants.BUNDLE_VERSION_ATTRIBUTE
                : Constants.VERSION_ATTRIBUTE;
    }

    /** {@return the same thing in any version; empty when it has no name} */
    Optional<Requirement> inAnyVersion() {
        return name.isEmpty() ? Optional.empty() : Optional.of(new Any(namespace, "(" + namespace + "=" + name + ")"));
    }

    /** {@return what the bundle does that wants it, without a subject} */
    @Override
    public String toString() {
        String verb = VERBS.getOrDefault(namespace, "requires " + namespace + " ");
        return (verb + name + (name.isEmpty() ? "" : " ") + versions).strip();
    }

    private record Any(String namespace, String filter) implements Requirement {
        @Override
        public String getNamespace() {
            return namespace;
        }

        @Override
        public Map<String, String> getDirectives() {
            return Map.of(Namespace.REQUIREMENT_FILTER_DIRECTIVE, filter);
        }

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        @Override
        public Resource getResource() {
            return null;
        }
    }
}
