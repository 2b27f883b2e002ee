package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kernel's modules, by modprobe(8), which knows what each needs. */
public final class Modules {
    private Modules() {}

    /** Loads a module, unless it is there. */
    public static void load(String name, String... parameters) throws IOException, InterruptedException {
        if (isLoaded(name)) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("modprobe", name));
        command.addAll(List.of(parameters));
        Command.run(command.toArray(String[]::new));
    }

    /** Loads a module afresh: what it held of an earlier use, and with what parameters, is gone. */
    public static void reload(String name, String... parameters) throws IOException, InterruptedException {
        unload(name);
        load(name, parameters);
    }

    /** Unloads a module, once nobody uses it any more, if it is there. */
    public static void unload(String name) throws IOException, InterruptedException {
        if (isLoaded(name)) {
            Command.run("modprobe", "--remove", "--wait", "30000", name);
        }
    }

    private static boolean isLoaded(String name) {
        return Files.exists(Path.of("/sys/module", name));
    }
}
