package io.pinion.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.WriteZeroes;
import io.pinion.volume.Volume;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/**
 * Strategies, the pinner, the system calls and JNA are updated and refreshed again and again, under load by threads and on
 * queues: no operation fails, and afterwards nothing is left of what was replaced.
 */
public class UpdatesIT extends Scenario {
    /** The bundles that import what io.pinion.linux exports. */
    private static final List<String> USERS =
            List.of("io.pinion.direct", "io.pinion.block", "io.pinion.tape", "io.pinion.memory");

    private static final int UPDATES = Integer.getInteger("pinion.torture.updates", 50);

    /** Threads of Pinion's idle for 5 s; the rest goes with the garbage collections that are asked for. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

    private static final String JNA = "com.sun.jna";
    private static final List<String> REPLACED =
            List.of("io.pinion.direct", "io.pinion.buffered", "io.pinion.memory", "io.pinion.linux", JNA);

    private final Loaders loaders = new Loaders();
    private Volume first;
    private Volume only;
    private Load load;
    private QueueLoad queue;
    private QueueLoad onlyQueue;

    @Test
    public void nothingIsLeftOfWhatWasReplacedUnderLoad() throws Exception {
        // Once around: what the JDK and the framework make once for all is there then.
        begin();
        for (String name : REPLACED) {
            update(bundle(name));
        }
        end();
        awaitNothingLeft();
        Footprint before = Footprint.now();
        begin();
        for (String name : REPLACED) {
            updated(name);
        }
        long locked = Footprint.lockedNow();
        long operations = load.operations() + queue.operations() + onlyQueue.operations();
        end();
        Eventually.holds(
                "nothing is left that was not there before: " + before,
                GONE_WITHIN,
                () -> isNothingLeft() && Footprint.now().isWithin(before, UPDATES),
                this::whatIsLeft);
        System.out.printf(
                "torture: updates: %d operations, 0 failed, %d KiB locked meanwhile, %d of %d class loaders left,"
                        + " before %s, after %s%n",
                operations, locked, loaders.left().size(), loaders.count(), before, Footprint.now());
    }

    /** Whatever it is asked for the first time then: its classes can't be read any more. */
    @Test
    public void aClaimOutlivesTheBundleThatMadeIt() throws Exception {
        Path file = createFile(file(".bin"), Load.SIZE);
        HostileStrategy hostile = new HostileStrategy();
        ServiceRegistration<IoStrategy> registration = context()
                .registerService(IoStrategy.class, hostile, new Hashtable<>(Map.of("pinion.strategy", "hostile")));
        Bundle linux = bundle("io.pinion.linux");
        for (String user : USERS) {
            bundle(user).stop();
        }
        update(linux);
        configure("kept", "target", file.toString(), "strategy", "buffered");
        Volume volume = volume("kept", "buffered");
        linux.uninstall();
        refresh(linux);

        assertEquals(8, volume.write(ByteBuffer.allocate(8).putLong(0, 7), 0));
        volume.with(WriteZeroes.class, zeroes -> {
            zeroes.writeZeroes(4096, 4096);
            return 0;
        });
        assertTrue(admin().swap("kept", "hostile").isServing());
        hostile.misbehave("flush", HostileStrategy.Manner.THROWS);
        assertThrows(StorageException.class, volume::flush);
        hostile.behave();
        admin().reopen("kept", true);
        ByteBuffer back = ByteBuffer.allocate(8);
        assertEquals(8, volume.read(back, 0));
        assertEquals(7, back.getLong(0));

        registration.unregister();
        unconfigure("kept");
        Eventually.holds("the file is given back", () -> OpenFiles.of(file) == 0, OpenFiles::all);
        context().installBundle(Container.url("io.pinion.linux")).start();
        for (String user : USERS) {
            bundle(user).start();
        }
    }

    @Override
    List<String> expectedErrors() {
        return List.of("volume kept has failed: .*thrown by flush");
    }

    private void begin() throws Exception {
        Path one = createFile(file(".first"), QueueLoad.SIZE);
        Path other = createFile(file(".only"), QueueLoad.SIZE);
        assumeDirect(one);
        configure("first", "target", one.toString(), "strategy", "direct,buffered");
        configure("only", "target", other.toString(), "strategy", "buffered");
        first = volume("first", "direct");
        only = volume("only", "buffered");
        load = Load.on(first);
        queue = QueueLoad.on(first);
        onlyQueue = QueueLoad.on(only);
    }

    private void end() throws Exception {
        queue.close();
        onlyQueue.close();
        load.close();
        for (String name : List.of("first", "only")) {
            assertEquals("failures of " + name, 0, admin().statistics(name).failures());
            unconfigure(name);
        }
        Eventually.holds("no volume", () -> admin().volumes().isEmpty(), () -> admin().volumes());
    }

    private void updated(String name) throws Exception {
        long operations = load.operations() + queue.operations() + onlyQueue.operations();
        long millis = Load.millis(() -> {
            for (int i = 0; i < UPDATES; i++) {
                update(bundle(name));
                awaitStrategy("first", "direct");
                awaitStrategy("only", "buffered");
                queue.awaitProgress();
                onlyQueue.awaitProgress();
            }
            load.awaitProgress();
        });
        assertSame(first, volume("first", "direct"));
        assertSame(only, volume("only", "buffered"));
        assertTrue("it really goes on directly", OpenFiles.directOf(file(".first")) > 0);
        System.out.printf(
                "torture: %d updates of %s in %d ms, %d operations, %d swaps so far%n",
                UPDATES,
                name,
                millis,
                load.operations() + queue.operations() + onlyQueue.operations() - operations,
                admin().statistics("first").swaps() + admin().statistics("only").swaps());
    }

    private void awaitNothingLeft() {
        Eventually.holds("nothing is left", GONE_WITHIN, this::isNothingLeft, this::whatIsLeft);
    }

    private boolean isNothingLeft() {
        return Threads.named("pinion-").isEmpty() && loaders.left().isEmpty();
    }

    private String whatIsLeft() throws Exception {
        return Footprint.now() + " " + Footprint.threadNames() + " " + Footprint.descriptorNames() + " "
                + loaders.left() + " " + loaders.suspects();
    }

    /** Replaces a bundle, and gives up what it and all that depend on it were. */
    private void update(Bundle bundle) throws Exception {
        loaders.note(REPLACED.stream().map(this::bundle).toList());
        String jar = bundle.getSymbolicName().equals(JNA) ? "jna" : bundle.getSymbolicName();
        try (InputStream content = Files.newInputStream(Container.jar(jar))) {
            bundle.update(content);
        }
        refresh(bundle);
    }
}
