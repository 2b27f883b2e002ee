package io.pinion.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

@Timeout(30)
class ControlSocketTest {
    @TempDir
    Path directory;

    /** It takes the virtual machine's streams, and takes them back whenever a command ends: one for all tests. */
    private static final ThreadIOImpl THREADS = new ThreadIOImpl();

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final Commands commands = new Commands();
    private Path path;
    private ControlSocket socket;

    /** What can be called over the socket. */
    public static final class Commands {
        final CountDownLatch waiting = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        public void echo(String... words) {
            System.out.println(String.join("|", words));
        }

        public String answer() {
            return "42";
        }

        /** Reads as many lines as it is told, and one more. */
        public void lines(CommandSession session, int count) throws IOException {
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(session.getKeyboard(), StandardCharsets.UTF_8));
            System.out.println("interactive=" + session.get("pinion.interactive"));
            for (int line = 0; line <= count; line++) {
                System.out.println(input.readLine());
            }
        }

        public void fail() {
            throw new IllegalStateException("no way");
        }

        public void forever() throws InterruptedException {
            waiting.countDown();
            try {
                new CountDownLatch(1).await(5, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }

    @BeforeAll
    static void takeStreams() {
        THREADS.start();
    }

    @AfterAll
    static void giveStreamsBack() {
        THREADS.stop();
    }

    @BeforeEach
    void start() throws IOException {
        CommandProcessorImpl processor = new CommandProcessorImpl(THREADS);
        for (String name : List.of("echo", "answer", "lines", "fail", "forever")) {
            processor.addCommand("pinion", commands, name);
        }
        path = directory.resolve("control");
        socket = new ControlSocket(context(path.toString()), processor);
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    @Test
    void words_arrive_as_they_were_typed() throws IOException {
        List<String> odd =
                List.of("a b", "it's", "$x", "\"", "\\", "`e`", "(1)", "#", "*", "ü", "", "a\\'b", "%(1+1)", "\n");
        assertThat(run("echo", odd.toArray(String[]::new))).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo(String.join("|", odd) + System.lineSeparator());
        assertThat(error.size()).isZero();
    }

    @Test
    void a_result_is_printed() throws IOException {
        assertThat(run("answer")).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8).strip()).isEqualTo("42");
    }

    @Test
    void a_command_reads_what_is_typed_until_that_ends() throws IOException {
        assertThat(run("lines", "2")).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("interactive=true", "one", "zwölf", "null");
    }

    @Test
    void a_failure_is_a_line_and_a_status() throws IOException {
        assertThat(run("fail")).isEqualTo(1);
        assertThat(error.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("no way");
    }

    @Test
    void an_unknown_command_has_a_status_of_its_own() throws IOException {
        assertThat(run("nope")).isEqualTo(127);
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("there is no command nope");
    }

    @Test
    void a_client_that_goes_away_interrupts_its_command() throws Exception {
        Thread client = new Thread(() -> {
            try (ControlClient connected = ControlClient.connect(path)) {
                Thread closer = new Thread(() -> close(connected));
                closer.start();
                connected.run(
                        request("forever"),
                        typed(""),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It closed the connection itself.
            }
        });
        client.start();
        assertThat(commands.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        client.join();
    }

    @Test
    void closing_frees_the_path() throws IOException {
        socket.close();
        assertThat(Files.exists(path)).isFalse();
        assertThatThrownBy(() -> ControlClient.connect(path)).isInstanceOf(SocketException.class);
    }

    @Test
    void without_the_property_nothing_listens() throws IOException {
        new ControlSocket(context(null), new CommandProcessorImpl(THREADS)).close();
    }

    private void close(ControlClient client) {
        try {
            commands.waiting.await();
            client.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int run(String command, String... words) throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            return client.run(request(command, words), typed("one\nzwölf\n"), output, error);
        }
    }

    private static BufferedReader typed(String text) {
        return new BufferedReader(new StringReader(text));
    }

    private static Request request(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(words));
        return new Request("/", false, true, all);
    }

    private static BundleContext context(String property) {
        return (BundleContext) Proxy.newProxyInstance(
                ControlSocketTest.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (p, method, args) -> {
                    return method.getName().equals("getProperty") ? property : null;
                });
    }
}
