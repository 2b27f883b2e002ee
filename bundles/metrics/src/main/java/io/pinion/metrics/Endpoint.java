package io.pinion.metrics;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens until it is closed. A few requests run at once, on threads of its own; a further one has its connection closed. */
final class Endpoint implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final int MOST_AT_ONCE = 8;
    private static final int BACKLOG = 8;
    private static final long IDLE_SECONDS = 10;

    private final HttpServer server;
    private final InetAddress address;
    private final ExecutorService threads;

    /** The server's own bounds for clients that are slow to ask or to read; it takes them from here alone. */
    static {
        System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "60");
        System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "60");
    }

    private Endpoint(HttpServer server, InetAddress address, ExecutorService threads) {
        this.server = server;
        this.address = address;
        this.threads = threads;
    }

    /**
     * Listens.
     *
     * @throws IOException the port is taken, the address is not this machine's, or the user may not
     */
    static Endpoint open(Settings settings, MultiCollector figures) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
        server.createContext(PATH, new ScrapeHandler(figures));
        ExecutorService threads = threads();
        server.setExecutor(threads);
        server.start();
        return new Endpoint(server, settings.address(), threads);
    }

    private static ExecutorService threads() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, MOST_AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "pinion-metrics-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** {@return where the figures are} */
    String url() {
        String host = address.getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort() + PATH;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
