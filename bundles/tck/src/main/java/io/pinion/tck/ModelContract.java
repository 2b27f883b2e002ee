package io.pinion.tck;

import io.pinion.strategy.Capability;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Random operations agree with a model in memory: on a channel, on a volume, and of several threads while it is swapped. */
interface ModelContract extends Contract {
    /** How many threads work on one volume. */
    int WORKERS = 4;

    /** Channels that succeed each other. */
    @Test
    default void randomOperationsOnChannelsAgreeWithTheModel() throws Exception {
        boolean resizable = trial().can(Capability.SET_SIZE);
        ChannelSubject subject = new ChannelSubject(trial(), trial().target(50_000));
        new RandomOperations(subject, resizable).run(RandomOperations.steps(800));
    }

    /** A volume, swapped and reopened on the way. */
    @Test
    default void randomOperationsOnAVolumeAgreeWithTheModel() throws Exception {
        boolean resizable = trial().can(Capability.SET_SIZE);
        VolumeSubject subject = new VolumeSubject(trial().volume(50_000));
        new RandomOperations(subject, resizable).run(RandomOperations.steps(500));
    }

    /** Threads with a range of their own each, on a volume that is swapped again and again. */
    @Test
    default void randomOperationsOfManyThreadsSurviveSwaps() throws Exception {
        HostedVolume hosted = trial().volume(WORKERS * 30_001L + 1);
        Subject subject = new VolumeSubject(hosted);
        CountDownLatch started = new CountDownLatch(WORKERS);
        CountDownLatch swaps = new CountDownLatch(20);
        Crew crew = new Crew();
        long seed = RandomOperations.seed();
        for (int i = 0; i < WORKERS; i++) {
            long base = 1 + i * 30_001L;
            long own = seed + i;
            crew.start("worker-" + i, () -> {
                RandomOperations operations = new RandomOperations(subject, base, 30_001, own);
                operations.run(RandomOperations.steps(100));
                started.countDown();
                while (swaps.getCount() > 0) {
                    operations.run(20);
                }
            });
        }
        crew.await("workers to start", started);
        while (swaps.getCount() > 0 && !crew.hasFailed()) {
            hosted.swap();
            swaps.countDown();
        }
        crew.join();
    }
}
