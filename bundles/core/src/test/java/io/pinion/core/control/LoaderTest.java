package io.pinion.core.control;

import io.pinion.strategy.Capability;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver's classes can be unloaded once it has left, whatever its users do or don't. */
@Timeout(60)
class LoaderTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch idle = new CountDownLatch(1);

    @AfterEach
    void close() {
        idle.countDown();
        threads.shutdownNow();
        stage.close();
    }

    /** Loads fakes anew, as a bundle's loader would. */
    private static final class Bundle extends ClassLoader {
        Bundle() {
            super(LoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(FakeStrategy.class.getPackageName() + ".Fake")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        IoStrategy strategy(boolean ring) throws ReflectiveOperationException {
            Class<?> type = loadClass(FakeStrategy.class.getName());
            IoStrategy strategy = (IoStrategy) type.getConstructor(int.class).newInstance(Stage.SIZE);
            if (ring) {
                type.getField("capabilities").set(strategy, Set.of(Capability.ZERO_COPY, Capability.NATIVE_QUEUE));
                type.getField("ownerBoundQueue").set(strategy, true);
            }
            return strategy;
        }
    }

    /** Opens a volume on a driver with a loader of its own, has a thread use a queue and idle, and lets the driver leave. */
    private WeakReference<ClassLoader> leave(boolean ring, Consumer<Pinion.Registration> how) throws Exception {
        Bundle bundle = new Bundle();
        Pinion.Registration registration = stage.pinion.add("guest", bundle.strategy(ring), Set.of("fake"), 0);
        useAndIdle(stage.open("strategy", "guest,a", "settle", "5s"));
        how.accept(registration);
        return new WeakReference<>(bundle);
    }

    private void useAndIdle(Volume volume) throws InterruptedException {
        CountDownLatch used = new CountDownLatch(1);
        threads.submit(() -> {
            IoQueue queue = volume.openQueue(2);
            queue.write(ByteBuffer.allocate(8), 0, 8, 0, 1, TransferFlags.NONE);
            queue.submit(1, TimeUnit.SECONDS.toNanos(10));
            queue.poll(new io.pinion.strategy.CompletionSink() {
                @Override
                public void completed(long token, int transferred) {
                    used.countDown();
                }

                @Override
                public void failed(long token, StorageException error) {}
            });
            idle.await();
            queue.submit(0, 0);
            queue.close();
            return queue;
        });
        used.await();
    }

    private static void awaitUnloaded(WeakReference<ClassLoader> loader) {
        Stage.await("the driver's loader is collected", () -> {
            System.gc();
            return loader.get() == null;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdleQueueKeepsNoDriverThatWasSwappedAway(boolean ring) throws Exception {
        awaitUnloaded(leave(ring, registration -> {
            Stage.await("the guest serves", () -> stage.serving().equals("guest"));
            registration.close();
            Stage.await("another serves", () -> stage.serving().equals("a"));
        }));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdleQueueKeepsNoDriverThatLeftWithoutASuccessor(boolean ring) throws Exception {
        awaitUnloaded(leave(ring, registration -> {
            stage.registrationOfA.close();
            registration.close();
        }));
    }

    @Test
    void anIdleQueueKeepsNoDriverOfAVolumeThatEnded() throws Exception {
        awaitUnloaded(leave(true, registration -> {
            stage.pinion.delete("v");
            Stage.await("it has ended", () -> stage.pinion.admin().volumes().isEmpty());
            registration.close();
        }));
    }
}
