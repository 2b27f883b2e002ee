package io.pinion.itests;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * An application that reads and writes every volume that it finds, by a thread and on a queue, and holds on to what it has
 * found until it is told that it is closed, whatever becomes of its bundle or of core. What it wrote, what it was told and
 * who is still at it is in types of the JDK's among the system's properties, so that its next instance, and the scenario
 * outside, know.
 */
public final class Application implements BundleActivator {
    /** A block's lane, with what it was written as last: {@code Map<String, long[]>}. */
    static final String VERSIONS = "pinion.it.versions";
    /** What should not have happened: {@code Collection<String>}. */
    static final String FAULTS = "pinion.it.faults";
    /** How often what failed as it should: {@code Map<String, AtomicLong>}. */
    static final String TOLD = "pinion.it.told";
    /** Operations that were done: {@code AtomicLong}. */
    static final String OPERATIONS = "pinion.it.operations";
    /** Those who use a volume: {@code Collection<Thread>}. */
    static final String USERS = "pinion.it.users";

    private static final int BLOCKS = 64;
    /** How long a volume must be. */
    static final long SIZE = 2L * BLOCKS * Blocks.SIZE;

    private static final long PAUSE_MILLIS = 2;
    private static final long BOUND_MILLIS = 40_000;

    /**
     * What its threads use, loaded with it: they go on when its bundle has been uninstalled, and from then on it loads nothing
     * that it has not loaded before.
     */
    private static final List<Class<?>> LOADED = List.of(
            Blocks.class,
            Outcome.class,
            Tracker.class,
            Use.class,
            CompletionSink.class,
            IoQueue.class,
            Kind.class,
            StorageException.class,
            TransferFlags.class);

    private ServiceTracker<Volume, Volume> volumes;
    private ServiceTracker<VolumeAdmin, VolumeAdmin> admins;

    /** Makes what is shared, before the first instance starts. */
    static void prepare() {
        System.getProperties().put(VERSIONS, new ConcurrentHashMap<String, long[]>());
        System.getProperties().put(FAULTS, new ConcurrentLinkedQueue<String>());
        System.getProperties().put(TOLD, new ConcurrentHashMap<String, AtomicLong>());
        System.getProperties().put(OPERATIONS, new AtomicLong());
        System.getProperties().put(USERS, new CopyOnWriteArrayList<Thread>());
    }

    @SuppressWarnings("unchecked")
    static <T> T shared(String key) {
        return (T) System.getProperties().get(key);
    }

    @Override
    public void start(BundleContext context) {
        volumes = new Tracker<>(context, Volume.class) {
            @Override
            public Volume addingService(ServiceReference<Volume> reference) {
                Volume volume = super.addingService(reference);
                if (volume != null) {
                    use("thread-" + volume.name(), volume, 0, Application::transfers);
                    use("queue-" + volume.name(), volume, SIZE / 2, Application::transfersOnQueue);
                }
                return volume;
            }
        };
        volumes.open();
        admins = new Tracker<>(context, VolumeAdmin.class);
        admins.open();
        context.registerService(Function.class, (Function<String, String>) this::state, null);
    }

    @Override
    public void stop(BundleContext context) {
        volumes.close();
        admins.close();
    }

    private String state(String volume) {
        VolumeAdmin admin = admins.getService();
        return admin == null
                ? "no VolumeAdmin"
                : admin.volume(volume)
                        .map(status -> status.state() + " " + status.strategy().orElse("") + " " + status.reason())
                        .orElse("no volume " + volume);
    }

    /** One way to use a volume; returns when it is closed. */
    private interface Use {
        void of(Volume volume, Blocks blocks) throws StorageException, InterruptedException;
    }

    private static void use(String name, Volume volume, long start, Use use) {
        Map<String, long[]> versions = shared(VERSIONS);
        Blocks blocks = new Blocks(start == 0 ? 1 : 2, start, versions.computeIfAbsent(name, lane -> new long[BLOCKS]));
        Collection<Thread> users = shared(USERS);
        List<Thread> before =
                users.stream().filter(user -> user.getName().equals(name)).toList();
        Thread thread = new Thread(() -> run(before, volume, blocks, use), name);
        thread.setDaemon(true);
        users.add(thread);
        thread.start();
    }

    /** Whoever used it before, by an earlier volume of this name, must have been told that it is closed. */
    private static void run(List<Thread> before, Volume volume, Blocks blocks, Use use) {
        Collection<Thread> users = shared(USERS);
        Collection<String> faults = shared(FAULTS);
        String name = Thread.currentThread().getName();
        try {
            for (Thread user : before) {
                user.join(BOUND_MILLIS);
                if (user.isAlive()) {
                    faults.add(name + " goes on with what was closed");
                }
            }
            while (true) {
                try {
                    use.of(volume, blocks);
                } catch (StorageException e) {
                    told(e.kind());
                    if (e.kind() == Kind.CLOSED) {
                        return;
                    } else if (e.kind() != Kind.UNAVAILABLE) {
                        throw e;
                    }
                }
            }
        } catch (StorageException | InterruptedException | RuntimeException | Error e) {
            // Whatever it is, a LinkageError in what was replaced included: the scenario is to know.
            faults.add(name + ": " + e + " at "
                    + List.of(e.getStackTrace()).stream().limit(6).toList());
        } finally {
            users.remove(Thread.currentThread());
        }
    }

    private static void told(Kind kind) {
        Map<String, AtomicLong> told = shared(TOLD);
        told.computeIfAbsent(kind.toString(), k -> new AtomicLong()).incrementAndGet();
    }

    private static void transfers(Volume volume, Blocks blocks) throws StorageException, InterruptedException {
        AtomicLong operations = shared(OPERATIONS);
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * Blocks.SIZE)
                .alignedSlice(Blocks.SIZE)
                .slice(0, Blocks.SIZE);
        SplittableRandom random = new SplittableRandom();
        for (int i = 1; ; i++) {
            int block = random.nextInt(blocks.count());
            buffer.clear();
            volume.read(buffer, blocks.position(block));
            blocks.check(buffer, block);
            blocks.fillNext(buffer, block);
            volume.write(buffer.clear(), blocks.position(block));
            blocks.written(block);
            if (i % 64 == 0) {
                volume.flush();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            operations.addAndGet(2);
        }
    }

    private static void transfersOnQueue(Volume volume, Blocks blocks) throws StorageException, InterruptedException {
        AtomicLong operations = shared(OPERATIONS);
        ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);
        SplittableRandom random = new SplittableRandom();
        try (IoQueue queue = volume.openQueue(2)) {
            for (int i = 1; ; i++) {
                int block = random.nextInt(blocks.count());
                queue.read(buffer, 0, Blocks.SIZE, blocks.position(block), 0, TransferFlags.NONE);
                await(queue, Blocks.SIZE);
                blocks.check(buffer, block);
                blocks.fillNext(buffer, block);
                queue.write(buffer, 0, Blocks.SIZE, blocks.position(block), 0, TransferFlags.NONE);
                try {
                    await(queue, Blocks.SIZE);
                    blocks.written(block);
                } catch (StorageException e) {
                    if (e.kind() == Kind.CLOSED) {
                        blocks.doubtful(block);
                    }
                    throw e;
                }
                if (i % 64 == 0) {
                    queue.flush(0);
                    await(queue, 0);
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
                operations.addAndGet(2);
            }
        }
    }

    private static void await(IoQueue queue, int bytes) throws StorageException {
        Outcome outcome = new Outcome();
        while (!outcome.isThere) {
            queue.submit(1, TimeUnit.SECONDS.toNanos(1));
            queue.poll(outcome);
        }
        if (outcome.error != null) {
            throw outcome.error;
        }
        if (outcome.transferred != bytes) {
            throw new IllegalStateException(outcome.transferred + " bytes instead of " + bytes);
        }
    }

    /**
     * Bears that its bundle is stopped while another thread tells it of a service: the framework has given back by then what
     * the bundle had.
     */
    private static class Tracker<T> extends ServiceTracker<T, T> {
        Tracker(BundleContext context, Class<T> type) {
            super(context, type, null);
        }

        @Override
        public T addingService(ServiceReference<T> reference) {
            try {
                return super.addingService(reference);
            } catch (IllegalStateException e) {
                return null;
            }
        }

        @Override
        public void removedService(ServiceReference<T> reference, T service) {
            try {
                super.removedService(reference, service);
            } catch (IllegalStateException e) {
                // Of a bundle that has been stopped nothing is left to give back.
                return;
            }
        }
    }

    private static final class Outcome implements CompletionSink {
        private boolean isThere;
        private int transferred;
        private StorageException error;

        @Override
        public void completed(long token, int bytes) {
            isThere = true;
            transferred = bytes;
        }

        @Override
        public void failed(long token, StorageException failure) {
            isThere = true;
            error = failure;
        }
    }
}
