package io.pinion.advisor.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void everythingIsWrittenAsTheFormatWantsIt() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a \"b\"\\\n");
        map.put("numbers", List.of(1, 2.5, Double.NaN));
        map.put("none", List.of());
        map.put("empty", Map.of());
        map.put("truth", true);
        assertEquals("""
                {
                  "text": "a \\"b\\"\\\\\\u000a",
                  "numbers": [
                    1,
                    2.5,
                    null
                  ],
                  "none": [],
                  "empty": {},
                  "truth": true
                }
                """, Json.of(map));
    }
}
