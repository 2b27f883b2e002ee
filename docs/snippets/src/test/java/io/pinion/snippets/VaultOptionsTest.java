package io.pinion.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultOptionsTest {
    @Test
    void what_is_refused_leaves_what_held_before() {
        Map<String, Object> handed = Map.of("pinion.strategy", "vault", "cache.blocks", "8", "cache.idle", "1m");
        VaultOptions options = VaultOptions.DEFAULT.configured(handed);
        assertEquals(new VaultOptions(8, Duration.ofMinutes(1), ""), options);
        for (String key : new String[] {"cache.blocks", "cache.block"}) {
            VaultOptions refused = options.configured(Map.of(key, 5000));
            assertEquals(options.blocks(), refused.blocks());
            assertEquals(options.idle(), refused.idle());
            assertTrue(refused.problem().startsWith("io.example.vault: " + key), refused::problem);
        }
        assertEquals(new VaultOptions(64, Duration.ofSeconds(30), ""), options.configured(Map.of("cache.idle", "")));
    }
}
