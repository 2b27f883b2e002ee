package io.pinion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.configuration.ConfigurationRefused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void nothing_is_off_and_on_loopback() {
        Settings settings = Settings.from(
                Map.of("service.pid", "io.pinion.metrics", "osgi.ds.satisfying.condition.target", "(x=y)"));
        assertThat(settings.enabled()).isFalse();
        assertThat(settings.address().isLoopbackAddress()).isTrue();
        assertThat(settings.port()).isEqualTo(9464);
    }

    @Test
    void values_may_be_text_or_what_they_are() {
        Settings text = Settings.from(Map.of("enabled", " true ", "port", "1234", "address", "::1"));
        assertThat(Settings.from(Map.of("enabled", true, "port", 1234, "address", "::1")))
                .isEqualTo(text);
        assertThat(text.enabled()).isTrue();
        assertThat(text.port()).isEqualTo(1234);
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, yes, 'enabled=yes is refused; allowed: true, false'",
        "port, http, 'port=http is refused; allowed: 1 to 65535'",
        "port, 0, 'port=0 is refused; allowed: 1 to 65535'",
        "port, 65536, 'port=65536 is refused; allowed: 1 to 65535'",
        "address, not an address, 'address=not an address is refused; allowed: an address or a name of this machine'",
        "enable, true, 'enable is unknown; allowed: the keys address, enabled, port'"
    })
    void what_is_wrong_is_refused_with_key_value_and_what_is_allowed(String key, String value, String message) {
        assertThatThrownBy(() -> Settings.from(Map.of(key, value)))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageStartingWith(message);
    }
}
