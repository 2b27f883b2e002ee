package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.IoStrategy;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * Configuration as screens write it, the Felix web console's for one: each key that Metatype describes, whether it was
 * touched or not, with its default or, when it has none, empty.
 */
public class ConfigurationScreenIT extends Scenario {
    private static final Map<Integer, Class<?>> TYPES = Map.of(
            AttributeDefinition.STRING,
            String.class,
            AttributeDefinition.INTEGER,
            Integer.class,
            AttributeDefinition.BOOLEAN,
            Boolean.class);

    @Test
    public void aVolumeMadeOnAScreenIsAccepted() throws Exception {
        Path file = file(".bin");
        Hashtable<String, Object> fields = fields("io.pinion.core", FACTORY);
        assertEquals("", fields.get("name"));
        assertEquals("30s", fields.get("grace"));
        fields.put("target", file.toString());
        fields.put("strategy", new String[] {"direct", "buffered"});
        fields.put("size", "64KiB");
        Configuration configuration = configurationAdmin().getFactoryConfiguration(FACTORY, "screen", "?");
        configuration.update(fields);
        Volume volume = volume("screen");

        fields.put("size", "");
        fields.put("strategy", new String[] {"buffered"});
        configuration.update(fields);
        awaitStrategy("screen", "buffered");
        assertSame(volume, volume("screen"));
        assertEquals(List.of(), admin().refusals());
        assertEquals(List.of(), status("screen").problems());
    }

    @Test
    public void aScreenWithoutTheStrategiesIsRefusedInWords() throws Exception {
        Hashtable<String, Object> fields = fields("io.pinion.core", FACTORY);
        fields.put("target", file(".bin").toString());
        configurationAdmin().getFactoryConfiguration(FACTORY, "lacking", "?").update(fields);
        Eventually.holds("it is refused", () -> admin().refusals().size() == 1, () -> admin().volumes());
        assertEquals("lacking", admin().refusals().get(0).volume());
        assertTrue(admin().refusals().get(0).reason().startsWith("strategy is missing; allowed: names of strategies"));
    }

    @Test
    public void theTuningThatAScreenWritesChangesNothing() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("tuned", "target", file.toString(), "strategy", "direct");
        Volume volume = volume("tuned", "direct");
        IoStrategy strategy = service(IoStrategy.class, "(pinion.strategy=direct)");
        Load load = Load.on(volume);
        for (String name : List.of("direct", "buffered", "memory")) {
            set("io.pinion." + name, fields("io.pinion." + name, "io.pinion." + name));
        }
        load.awaitProgress();
        assertSame(strategy, service(IoStrategy.class, "(pinion.strategy=direct)"));
        load.close();
        assertEquals(0, admin().statistics("tuned").failures());
        assertEquals(0, admin().statistics("tuned").swaps());
    }

    @Test
    public void aConfigurationThatIsRefusedTakesNoStrategyAway() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        assumeDirect(file);
        configure("steady", "target", file.toString(), "strategy", "direct");
        volume("steady", "direct");
        for (Object wrong : new Object[] {3, "many"}) {
            set("io.pinion.direct", new Hashtable<>(Map.of("bounce.size.kib", wrong)));
            awaitLogged("io.pinion.direct: bounce.size.kib=" + wrong + " is refused");
            admin().reopen("steady", false);
            assertEquals(VolumeState.OPEN, status("steady").state());
            service(IoStrategy.class, "(pinion.strategy=direct)");
        }
        set("io.pinion.direct", new Hashtable<>(Map.of("bounce.sise.kib", "128")));
        awaitLogged("io.pinion.direct: bounce.sise.kib is unknown");
        admin().reopen("steady", false);
        assertEquals(VolumeState.OPEN, status("steady").state());
        Bundle bundle = bundle("io.pinion.direct");
        bundle.stop();
        bundle.start();
        awaitStrategy("steady", "direct");
        configurationAdmin().getConfiguration("io.pinion.direct", "?").delete();
    }

    /** Sets a configuration, for the rest of the test. */
    private void set(String pid, Hashtable<String, Object> values) throws Exception {
        Configuration configuration = configurationAdmin().getConfiguration(pid, "?");
        long before = configuration.getChangeCount();
        configuration.update(values);
        assertTrue(configuration.getChangeCount() > before);
    }

    /** {@return what a screen writes for a PID that nobody has configured} */
    private Hashtable<String, Object> fields(String bundle, String pid) {
        ObjectClassDefinition screen = service(MetaTypeService.class, "(objectClass=*)")
                .getMetaTypeInformation(bundle(bundle))
                .getObjectClassDefinition(pid, null);
        Hashtable<String, Object> fields = new Hashtable<>();
        for (AttributeDefinition field : screen.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            fields.put(field.getID(), value(field));
        }
        return fields;
    }

    private static Object value(AttributeDefinition field) {
        Class<?> type = TYPES.get(field.getType());
        assertNotNull(field.getID(), type);
        String[] standard = field.getDefaultValue();
        String first = standard == null || standard.length == 0 ? "" : standard[0];
        if (!first.isEmpty()) {
            assertEquals(field.getID(), "", field.validate(first));
        }
        Object value =
                type == Integer.class ? Integer.valueOf(first) : type == Boolean.class ? Boolean.valueOf(first) : first;
        if (field.getCardinality() == 0) {
            return value;
        }
        Object several = Array.newInstance(type, 1);
        Array.set(several, 0, value);
        return several;
    }
}
