package io.pinion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.volume.Pinion;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real server, on ports that are free. */
@Timeout(60)
class ListeningTest {
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5";
    private static final String ANYTHING_BUT_TEXT =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    private final Pinion pinion = Pinion.start();
    private final Listening listening = new Listening(
            new PinionCollector("1.2.3", pinion.admin(), Optional::empty, Optional::empty, Optional::empty));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        listening.close();
        pinion.close();
    }

    private static Settings anyPort() {
        return new Settings(true, InetAddress.getLoopbackAddress(), 0);
    }

    private HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String url() {
        return listening.url().orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pinion-metrics") || name.equals("HTTP-Dispatcher"))
                .toList();
    }

    @Test
    void it_is_off_until_it_is_enabled_and_off_again() throws Exception {
        listening.configure(Map.of());
        assertThat(listening.url()).isEmpty();
        listening.configure(Map.of("enabled", "true", "port", freePort()));
        String url = url();
        assertThat(url).startsWith("http://127.0.0.1:").endsWith("/metrics");
        HttpResponse<String> answer = get(url);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("pinion_build_info{version=\"1.2.3\"} 1");
        listening.configure(Map.of());
        assertThat(listening.url()).isEmpty();
        assertThatThrownBy(() -> get(url)).isInstanceOf(ConnectException.class);
    }

    @Test
    void text_is_given_to_whoever_wants_none_of_what_there_is() throws Exception {
        listening.configure(anyPort());
        assertThat(get(url(), "Accept", OPEN_METRICS).body()).endsWith("# EOF\n");
        HttpResponse<String> other = get(url(), "Accept", ANYTHING_BUT_TEXT);
        assertThat(other.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(other.body()).contains("# TYPE pinion_build_info gauge");
        assertThat(get(url(), "Accept", ANYTHING_BUT_TEXT + "," + OPEN_METRICS).body())
                .endsWith("# EOF\n");
        assertThat(get(url(), "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                .hasValue("gzip");
        assertThat(get(url() + "?name%5B%5D=pinion_refused_configurations").body())
                .contains("pinion_refused")
                .doesNotContain("pinion_build");
    }

    @Test
    void a_configuration_that_is_refused_changes_nothing() throws Exception {
        listening.configure(anyPort());
        String url = url();
        listening.configure(Map.of("enabled", "true", "port", "nine"));
        listening.configure(Map.of("enabled", "true", "prot", "9464"));
        assertThat(url()).isEqualTo(url);
        assertThat(get(url).statusCode()).isEqualTo(200);
    }

    @Test
    void a_port_that_is_taken_leaves_it_where_it_was() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> wanted = Map.of("enabled", "true", "port", String.valueOf(taken.getLocalPort()));
            listening.configure(wanted);
            assertThat(listening.url()).isEmpty();
            listening.configure(Map.of("enabled", "true", "port", freePort()));
            String url = url();
            listening.configure(wanted);
            assertThat(url()).isEqualTo(url);
            assertThat(get(url).statusCode()).isEqualTo(200);
            taken.close();
            listening.configure(wanted);
            assertThat(url()).contains(":" + taken.getLocalPort() + "/");
        }
    }

    @Test
    void another_address_on_the_same_port_replaces_it() throws Exception {
        int port = freePort();
        listening.configure(new Settings(true, InetAddress.getByName("127.0.0.1"), port));
        listening.configure(new Settings(true, InetAddress.getByName("0.0.0.0"), port));
        assertThat(url()).isEqualTo("http://0.0.0.0:" + port + "/metrics");
        assertThat(get("http://127.0.0.1:" + port + "/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void clients_that_say_nothing_keep_nobody_out_and_nothing_is_left() throws Exception {
        listening.configure(anyPort());
        URI at = URI.create(url());
        try (Socket silent = new Socket(at.getHost(), at.getPort());
                Socket slow = new Socket(at.getHost(), at.getPort())) {
            slow.getOutputStream().write("GET /metrics HT".getBytes(StandardCharsets.US_ASCII));
            assertThat(silent.isConnected()).isTrue();
            assertThat(get(url()).statusCode()).isEqualTo(200);
        }
        listening.close();
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!threads().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(threads()).isEmpty();
        listening.close();
    }
}
