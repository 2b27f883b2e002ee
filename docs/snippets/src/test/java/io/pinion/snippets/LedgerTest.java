package io.pinion.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @Test
    void what_was_put_is_in_the_file(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ledger.img");
        try (Pinion pinion = Pinion.start()) {
            pinion.add("buffered", new BufferedStrategy());
            pinion.configure("ledger", Map.of("target", file.toString(), "strategy", "buffered", "size", "64KiB"));
            Volume volume = pinion.volume("ledger", Duration.ofSeconds(5));
            new Ledger(volume).put(ByteBuffer.wrap("one".getBytes(StandardCharsets.UTF_8)), 4096);
        }
        assertEquals("one", new String(Files.readAllBytes(file), 4096, 3, StandardCharsets.UTF_8));
    }
}
