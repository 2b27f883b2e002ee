package io.pinion.launcher;

import io.pinion.control.ControlClient;
import io.pinion.control.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code bin/pinion} runs: a shell, a server, or one command, in the Pinion that runs already if there is one. */
public final class Launcher {
    private static final int SERVICES = 50;
    private static final int SHELL = 60;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long STEP_MILLIS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private final Home home;
    /** Held as long as the process runs: a lock ends with its channel, and a channel that nobody holds is closed. */
    private Optional<Instance> instance = Optional.empty();

    private volatile boolean ending;

    private Launcher(Home home) {
        this.home = home;
    }

    public static void main(String[] args) {
        try {
            System.exit(new Launcher(Home.find()).guarded(List.of(args)));
        } catch (IOException e) {
            System.err.println("pinion: " + e.getMessage());
            System.exit(1);
        }
    }

    private int guarded(List<String> args) {
        try {
            return run(args);
        } catch (IOException | BundleException e) {
            // What breaks because a signal ends everything is no news.
            if (!ending) {
                System.err.println("pinion: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            System.err.println("pinion: interrupted");
        }
        return 1;
    }

    private int run(List<String> args) throws IOException, BundleException, InterruptedException {
        String first = args.isEmpty() ? "" : args.get(0);
        return switch (first) {
            case "--help", "-h" -> print(About.usage());
            case "--version" -> print(About.version());
            case "" -> shell();
            case "--server" -> server(args);
            default -> first.startsWith("-") ? misuse(first) : command(args);
        };
    }

    private Container start(int level, boolean server) throws IOException, BundleException {
        Logging.toFile(home);
        if (server) {
            Logging.alsoToConsole();
        }
        Container container = Container.start(home, level);
        stopOnSignal(container, server);
        LOG.info("{} started in {} ms", About.version(), About.running().toMillis());
        container.idleBundles().forEach(bundle -> LOG.warn("{} is not active", bundle));
        return container;
    }

    private int shell() throws IOException, BundleException, InterruptedException {
        home.prepare();
        if (!claim()) {
            return new RemoteShell(home.socket(), Instance.holder(home)).run();
        }
        start(SHELL, false).await();
        return 0;
    }

    private int server(List<String> args) throws IOException, BundleException, InterruptedException {
        if (args.size() > 1) {
            return misuse(args.get(1));
        }
        home.prepare();
        if (!claim()) {
            System.err.println("pinion: process " + Instance.holder(home) + " runs on " + home.data()
                    + " already; stop it, or set PINION_DATA to another directory");
            return 1;
        }
        Container container = start(SERVICES, true);
        long configured = home.configuredVolumes();
        List<String> volumes = container.awaitVolumes(configured);
        long took = About.running().toMillis();
        System.out.println("pinion: ready in " + took + " ms, volumes: "
                + (volumes.isEmpty() ? "none" : String.join(", ", volumes))
                + (volumes.size() < configured ? "; not all are open, see 'pinion volumes'" : ""));
        container.await();
        return 0;
    }

    private int command(List<String> args) throws IOException, BundleException, InterruptedException {
        home.prepare();
        Request request = new Request(
                Path.of("").toAbsolutePath().toString(),
                Boolean.getBoolean("pinion.terminal"),
                Boolean.getBoolean("pinion.interactive"),
                args);
        Optional<ControlClient> running = findOrClaim();
        if (running.isEmpty()) {
            return alone(request);
        }
        try (ControlClient client = running.get()) {
            return client.run(request, typed(), System.out, System.err);
        }
    }

    /**
     * {@return the Pinion that runs; empty when this one may run} Another may be about to start or to end: both are tried
     * in turn until one succeeds.
     */
    private Optional<ControlClient> findOrClaim() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return Optional.of(ControlClient.connect(home.socket()));
            } catch (SocketException e) {
                if (claim()) {
                    return Optional.empty();
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "process " + Instance.holder(home) + " runs on " + home.data()
                                    + ", but does not answer; see log/pinion.log",
                            e);
                }
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    private boolean claim() throws IOException {
        instance = Instance.claim(home);
        return instance.isPresent();
    }

    private int alone(Request request) throws IOException, BundleException, InterruptedException {
        Container container = start(SERVICES, false);
        container.awaitVolumes(home.configuredVolumes());
        try (ControlClient client = ControlClient.connect(home.socket())) {
            return client.run(request, typed(), System.out, System.err);
        } finally {
            container.stop();
        }
    }

    private static BufferedReader typed() {
        return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    }

    /** A signal ends the JVM, with a status that says so; to a server it is the ordinary end. */
    private void stopOnSignal(Container container, boolean ordinary) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(container, ordinary), "pinion-stop"));
    }

    private void stop(Container container, boolean ordinary) {
        ending = true;
        int before = Logging.warnings();
        try {
            container.stop();
        } catch (BundleException | InterruptedException e) {
            LOG.error("stopping failed", e);
        }
        boolean clean = Logging.warnings() == before;
        LOG.info(clean ? "stopped" : "stopped, with the warnings above");
        if (ordinary) {
            System.out.println(
                    clean
                            ? "pinion: stopped, all volumes are flushed and closed"
                            : "pinion: stopped, not without trouble: see "
                                    + home.log().resolve("pinion.log"));
            System.out.flush();
            Runtime.getRuntime().halt(clean ? 0 : 1);
        }
    }

    private static int print(String text) {
        System.out.println(text);
        return 0;
    }

    private static int misuse(String option) {
        System.err.println("pinion: unknown option " + option + "; see pinion --help");
        return 2;
    }
}
