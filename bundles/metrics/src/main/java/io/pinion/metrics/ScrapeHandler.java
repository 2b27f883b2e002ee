package io.pinion.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.exporter.common.PrometheusScrapeHandler;
import io.prometheus.metrics.exporter.httpserver.HttpExchangeAdapter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a scrape by the library's own handler, as text: to whoever would rather have protobuf, too. */
final class ScrapeHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ScrapeHandler.class);
    private static final String ACCEPT = "Accept";
    private static final String PROTOBUF = "application/vnd.google.protobuf";

    private final PrometheusScrapeHandler library;

    ScrapeHandler(MultiCollector figures) {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(figures);
        // Properties of its own: the library would take those of the process, which may be meant for another.
        library = new PrometheusScrapeHandler(PrometheusProperties.builder().build(), registry);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        library.handleRequest(new TextExchange(exchange));
    }

    /**
     * A request that has not said that it takes protobuf. The library would choose that format also where it has no writer
     * of it, and fail; a newer Prometheus asks for it first, and takes text as well.
     */
    private static final class TextExchange extends HttpExchangeAdapter {
        private final HttpRequest request = new HttpRequest() {
            @Override
            public Enumeration<String> getHeaders(String name) {
                Enumeration<String> headers = super.getHeaders(name);
                return headers != null && name.equalsIgnoreCase(ACCEPT) ? withoutProtobuf(headers) : headers;
            }
        };

        TextExchange(HttpExchange exchange) {
            super(exchange);
        }

        @Override
        public HttpRequest getRequest() {
            return request;
        }

        /** The library would log it as severe: the other side went away, or listening has ended meanwhile. */
        @Override
        public void handleException(IOException e) {
            LOG.debug("a scrape was not read to its end", e);
        }

        private static Enumeration<String> withoutProtobuf(Enumeration<String> headers) {
            List<String> all = Collections.list(headers);
            String rest = all.stream()
                    .flatMap(header -> Arrays.stream(header.split(",")))
                    .filter(format -> !format.strip().startsWith(PROTOBUF))
                    .collect(Collectors.joining(","));
            return Collections.enumeration(List.of(rest));
        }
    }
}
