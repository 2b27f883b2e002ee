package io.pinion.snippets;

import static io.pinion.snippets.Embedded.await;
import static io.pinion.snippets.Embedded.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The host of docs/embedding.md, with the bundles that it names and the components that it shows. */
@Timeout(180)
class HostIT {
    private static final List<String> ALL = Embedded.jars(false);
    private static final List<String> LEAST = Embedded.jars(true);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("ledger.img");
        System.setProperty("ledger.file", file.toString());
    }

    @Test
    void what_is_always_needed_is_enough_for_a_volume() throws Exception {
        assertThat(LEAST).isNotEmpty().doesNotContainAnyElementsOf(direct());
        try (Embedded host = Embedded.start(directory, LEAST)) {
            assertThat(host.context().getBundles()).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
            put(host.component(Ledger.class), "one");
            assertThat(host.isThere("ledger", "buffered")).isTrue();
        }
        assertThat(stored()).isEqualTo("one");
    }

    @Test
    void with_all_of_the_table_a_volume_is_swapped_while_its_user_stays() throws Exception {
        assertThat(ALL).containsAll(LEAST).containsAll(direct());
        try (Embedded host = Embedded.start(directory, ALL)) {
            assertThat(host.context().getBundles()).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
            Object ledger = host.component(Ledger.class);
            Object maintenance = host.component(Maintenance.class);
            assertThat(call(maintenance, "swap", "ledger", "buffered")).isEqualTo(true);
            await("the service says it", () -> host.isThere("ledger", "buffered"));
            put(ledger, "two");
            assertThat(call(maintenance, "swap", "ledger", "nonsense")).isEqualTo(false);
            assertThat(call(maintenance, "report").toString()).contains("ledger: OPEN, served by buffered");
            assertThat((Duration) call(maintenance, "longestPause", "ledger")).isPositive();
            assertThat(host.component(Ledger.class)).isSameAs(ledger);
        }
        assertThat(stored()).isEqualTo("two");
    }

    @Test
    void a_strategy_that_is_updated_is_a_pause_and_core_that_is_updated_a_new_component() throws Exception {
        try (Embedded host = Embedded.start(directory, LEAST)) {
            Object ledger = host.component(Ledger.class);
            host.bundle("io.pinion.buffered").stop();
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> put(ledger, "3333"));
            await(
                    "the call waits",
                    () -> Thread.getAllStackTraces().values().stream()
                            .anyMatch(stack -> Stream.of(stack)
                                            .anyMatch(frame ->
                                                    frame.getMethodName().equals("put"))
                                    && Stream.of(stack)
                                            .anyMatch(frame ->
                                                    frame.getClassName().endsWith(".Gate"))));
            assertThat(waiting).isNotDone();
            host.bundle("io.pinion.buffered").start();
            waiting.get(30, TimeUnit.SECONDS);
            assertThat(stored()).isEqualTo("3333");
            assertThat(host.component(Ledger.class)).isSameAs(ledger);

            host.bundle("io.pinion.core").update();
            host.refresh();
            await("another ledger", () -> host.component(Ledger.class) != ledger);
            put(host.component(Ledger.class), "4444");
        }
        assertThat(stored()).isEqualTo("4444");
    }

    @Test
    void a_component_with_a_dynamic_reference_lives_without_its_volume() throws Exception {
        try (Embedded host = Embedded.start(directory, LEAST)) {
            Object archive = host.component(Archive.class);
            assertThat(call(archive, "keep", ByteBuffer.allocate(1), 0L)).isEqualTo(false);
        }
    }

    private static List<String> direct() {
        return ALL.stream().filter(jar -> jar.startsWith("io.pinion.direct")).toList();
    }

    private static void put(Object ledger, String text) {
        try {
            call(ledger, "put", ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 4096L);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** {@return what is at the ledger's position, up to the first zero} */
    private String stored() throws Exception {
        byte[] content = Files.readAllBytes(file);
        int end = 4096;
        while (content[end] != 0) {
            end++;
        }
        return new String(content, 4096, end - 4096, StandardCharsets.US_ASCII);
    }
}
