package io.pinion.shell;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Table;
import io.pinion.shell.text.Words;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Explains the commands of the scope {@code pinion}, whichever bundle has them, from their annotations; of a bundle that
 * imports nothing of a shell, from the property {@code pinion.help.COMMAND} of its service: what it does, then lines that
 * explain it.
 */
@Component(
        service = HelpCommand.class,
        property = {"osgi.command.scope=pinion", "osgi.command.function=help"})
public final class HelpCommand {
    private static final String TEXT = "pinion.help.";

    private final BundleContext context;

    /** What is said of a command: in a line, and in full. */
    private record Help(String summary, List<String> explanation) {}

    @Activate
    public HelpCommand(BundleContext context) {
        this.context = context;
    }

    @Descriptor("lists the commands, or explains one")
    public void help(CommandSession session, @Descriptor("[COMMAND]") String... words) throws Exception {
        Words operands = Words.of("help [COMMAND]", 0, 1, words);
        Map<String, Help> commands = commands();
        if (operands.isEmpty()) {
            overview(commands).forEach(System.out::println);
            return;
        }
        String name = operands.get(0).replaceFirst("^pinion:", "");
        if (commands.containsKey(name)) {
            commands.get(name).explanation().forEach(System.out::println);
        } else if (session.get("gogo:help") != null && session.get("*:" + name) != null) {
            session.execute("gogo:help '" + name + "'");
        } else {
            throw new CommandFailure(
                    "there is no command " + name + "; there are: " + String.join(", ", commands.keySet()));
        }
    }

    private static List<String> overview(Map<String, Help> commands) {
        Table table = Table.of("COMMAND", "WHAT IT DOES");
        commands.forEach((name, help) -> table.row(name, help.summary()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add("'pinion:help COMMAND' explains one.");
        return lines;
    }

    static List<String> explain(String name, Method method) {
        List<String> lines = new ArrayList<>();
        lines.add(name + ": " + method.getAnnotation(Descriptor.class).value());
        Table table = Table.of("usage: " + name, "");
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            Descriptor text = parameter.getAnnotation(Descriptor.class);
            Parameter option = parameter.getAnnotation(Parameter.class);
            if (text != null && option != null) {
                boolean flag = !option.presentValue().equals(Parameter.UNSPECIFIED);
                table.row("  [" + String.join(" | ", option.names()) + (flag ? "]" : " VALUE]"), text.value());
            } else if (text != null) {
                text.value()
                        .lines()
                        .forEach(form ->
                                table.row("  " + form.split("[;:]", 2)[0], form.replaceFirst("^[^;:]*[;:]? *", "")));
            }
        }
        lines.addAll(table.lines());
        return lines;
    }

    private Map<String, Help> commands() throws InvalidSyntaxException {
        Map<String, Help> commands = new TreeMap<>();
        ServiceReference<?>[] found = context.getAllServiceReferences(null, "(osgi.command.scope=pinion)");
        for (ServiceReference<?> reference : found == null ? new ServiceReference<?>[0] : found) {
            Object service = context.getService(reference);
            if (service == null) {
                continue;
            }
            try {
                described(service, functions(reference)).forEach(method -> commands.put(method.getName(), of(method)));
                functions(reference)
                        .forEach(name -> described(reference, name).ifPresent(help -> commands.put(name, help)));
            } finally {
                context.ungetService(reference);
            }
        }
        return commands;
    }

    private static Stream<Method> described(Object service, List<String> functions) {
        return Stream.of(service.getClass().getMethods())
                .filter(method -> functions.contains(method.getName()))
                .filter(method -> method.isAnnotationPresent(Descriptor.class));
    }

    private static Help of(Method method) {
        return new Help(method.getAnnotation(Descriptor.class).value(), explain(method.getName(), method));
    }

    private static Optional<Help> described(ServiceReference<?> reference, String name) {
        List<String> text = strings(reference.getProperty(TEXT + name));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> explanation = new ArrayList<>(text);
        explanation.set(0, name + ": " + text.get(0));
        return Optional.of(new Help(text.get(0), explanation));
    }

    private static List<String> functions(ServiceReference<?> reference) {
        return strings(reference.getProperty("osgi.command.function"));
    }

    private static List<String> strings(Object property) {
        if (property == null) {
            return List.of();
        }
        return property instanceof String[] several ? List.of(several) : List.of(property.toString());
    }
}
