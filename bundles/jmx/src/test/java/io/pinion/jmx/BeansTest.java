package io.pinion.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BeansTest {
    @TempDir
    Path directory;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Pinion pinion = Pinion.start();
    private Optional<PagePinner> pinner = Optional.empty();
    private Beans beans;
    private Volume volume;

    @BeforeEach
    void open() throws StorageException {
        pinion.add("buffered", new BufferedStrategy());
        pinion.add("again", new BufferedStrategy());
        configure("ledger", "buffered,again");
        configure("lost", "nowhere");
        volume = pinion.volume("ledger", Duration.ofSeconds(10));
        volume.write(ByteBuffer.allocate(100), 0);
        beans = new Beans(server, pinion.admin(), () -> pinner);
        beans.refresh();
    }

    @AfterEach
    void close() {
        beans.close();
        pinion.close();
    }

    private void configure(String name, String strategies) throws StorageException {
        String target = directory.resolve(name).toString();
        pinion.configure(name, Map.of("target", target, "strategy", strategies, "size", "4KiB"));
    }

    private Set<String> names() throws Exception {
        return server.queryNames(new ObjectName("io.pinion:*"), null).stream()
                .map(ObjectName::getCanonicalName)
                .collect(Collectors.toSet());
    }

    private static ObjectName nameOf(String volume) throws Exception {
        return new ObjectName("io.pinion:type=Volume,name=" + volume);
    }

    private Object get(String volumeName, String attribute) throws Exception {
        return server.getAttribute(nameOf(volumeName), attribute);
    }

    private Object whole(String attribute) throws Exception {
        return server.getAttribute(new ObjectName("io.pinion:type=Pinion"), attribute);
    }

    @Test
    void beans_come_and_go_with_configured_volumes_open_or_not() throws Exception {
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "io.pinion:type=Pinion",
                        "io.pinion:name=ledger,type=Volume",
                        "io.pinion:name=lost,type=Volume");
        pinion.delete("lost");
        configure("third", "nowhere");
        beans.refresh();
        assertThat(names())
                .contains("io.pinion:name=third,type=Volume")
                .doesNotContain("io.pinion:name=lost,type=Volume");
        beans.close();
        assertThat(names()).isEmpty();
        beans.refresh();
        assertThat(names()).isEmpty();
    }

    @Test
    void every_attribute_is_described_has_an_open_type_and_a_value_of_it() throws Exception {
        for (ObjectName name : server.queryNames(new ObjectName("io.pinion:*"), null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                assertThat(attribute.isWritable()).isFalse();
                assertThat(attribute.getDescription())
                        .as(attribute.getName())
                        .contains(" ")
                        .endsWith(".");
                OpenType<?> type = (OpenType<?>) attribute.getDescriptor().getFieldValue(JMX.OPEN_TYPE_FIELD);
                Object value = server.getAttribute(name, attribute.getName());
                assertThat(type.isValue(value))
                        .as("%s=%s", attribute.getName(), value)
                        .isTrue();
            }
        }
    }

    @Test
    void figures_are_those_of_the_admin() throws Exception {
        assertThat(get("ledger", "State")).isEqualTo("OPEN");
        assertThat(get("ledger", "Strategy")).isEqualTo("buffered");
        assertThat(get("ledger", "Mode")).isEqualTo("page cache");
        assertThat(get("ledger", "WrittenBytes")).isEqualTo(100L);
        assertThat(get("ledger", "UnflushedBytes")).isEqualTo(100L);
        assertThat(get("ledger", "LastFlush")).isEqualTo("");
        volume.flush();
        assertThat(get("ledger", "UnflushedBytes")).isEqualTo(0L);
        assertThat(get("ledger", "UnflushedSeconds")).isEqualTo(0.0);
        assertThat((String) get("ledger", "LastFlush")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        TabularData strategies = (TabularData) get("ledger", "ByStrategy");
        CompositeData buffered =
                (CompositeData) strategies.get(new Object[] {"buffered"}).get("value");
        assertThat(buffered.get("bytes")).isEqualTo(100L);
        assertThat(((CompositeData) get("ledger", "WriteLatency")).get("samples"))
                .isEqualTo(1L);
        assertThat(get("lost", "State")).isEqualTo("WAITING");
        assertThat((String) get("lost", "Reason")).contains("nowhere");
    }

    @Test
    void operations_swap_and_end_the_override_and_fail_in_words() throws Exception {
        assertThat(invoke("swap", "again").toString()).contains("ledger: buffered -> again, published (command)");
        assertThat(get("ledger", "Override")).isEqualTo("again");
        assertThat((String[]) invoke("history")).hasSize(2);
        assertThat(String.join(" ", (String[]) invoke("why"))).contains("chosen by hand");
        invoke("clearOverride");
        assertThat(get("ledger", "Override")).isEqualTo("");
        assertThat(get("ledger", "Strategy")).isEqualTo("buffered");
        assertThat(invoke("swap", "nope").toString()).contains("refused", "nope");
        pinion.delete("ledger");
        assertThatThrownBy(() -> invoke("swap", "again"))
                .isInstanceOf(RuntimeMBeanException.class)
                .rootCause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no volume or drive ledger");
    }

    private Object invoke(String operation, String... arguments) throws Exception {
        String[] types =
                Arrays.stream(arguments).map(a -> String.class.getName()).toArray(String[]::new);
        return server.invoke(nameOf("ledger"), operation, arguments, types);
    }

    @Test
    void the_whole_shows_states_strategies_refusals_and_memory() throws Exception {
        pinion.add("buffered", new BufferedStrategy(), Set.of("path"), -1);
        assertThatThrownBy(() -> pinion.configure("odd", Map.of("size", "1 parsec")))
                .isInstanceOf(StorageException.class);
        assertThat(((TabularData) whole("VolumeStates")).size()).isEqualTo(2);
        assertThat((CompositeData[]) whole("Strategies")).hasSize(3);
        assertThat((String[]) whole("StrategyProblems"))
                .singleElement()
                .asString()
                .contains("buffered", "shadowed");
        assertThat((String[]) whole("RefusedConfigurations"))
                .singleElement()
                .asString()
                .contains("odd", "target");
        assertThat(whole("PinnedBytesLimit")).isEqualTo(0L);
        pinner = Optional.of(new Unlimited());
        assertThat(whole("PinnedBytes")).isEqualTo(4096L);
        assertThat(whole("PinnedBytesLimit")).isEqualTo(-1L);
    }

    @Test
    void a_second_pinion_leaves_the_firsts_beans_alone() throws Exception {
        try (Beans second = new Beans(server, pinion.admin(), Optional::empty)) {
            second.refresh();
        }
        assertThat(names()).hasSize(3);
    }

    private static final class Unlimited implements PagePinner {
        @Override
        public Pin pin(ByteBuffer region, Access access) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long pinnedBytes() {
            return 4096;
        }

        @Override
        public long limitBytes() {
            return Long.MAX_VALUE;
        }
    }
}
