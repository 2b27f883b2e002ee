package io.pinion.advisor.auto;

import io.pinion.advisor.machine.Machine;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Observation;
import io.pinion.volume.choice.Candidacy;
import io.pinion.volume.choice.Choosing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through the course of one volume, on a thread of its own, twice a second. */
final class AutoChoosing implements Choosing {
    private static final Logger LOG = LoggerFactory.getLogger(AutoChoosing.class);
    private static final long TICK_MILLIS = 500;
    private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(2);
    /** The page cache is never all of the memory. */
    private static final int SHARE = 2;

    private final Candidacy volume;
    private final Observation observation;
    private final Course course;
    private final Thread thread;

    private AutoChoosing(Candidacy volume, Machine machine, IntSupplier movesPerHour) {
        this.volume = volume;
        Samples samples = new Samples();
        observation = volume.observe(samples);
        Watch watch = new Watch(
                volume, samples, Watch.Storage.of(Path.of("/proc")), System::nanoTime, AutoChoosing::processorNanos);
        Course.Ticks ticks = () -> {
            Thread.sleep(TICK_MILLIS);
            return watch.look();
        };
        course = new Course(
                volume,
                samples,
                ticks,
                () -> machine.pageCacheRoom(watch.cached()) / SHARE,
                new Moves(System::nanoTime, movesPerHour));
        thread = new Thread(this::run, "pinion-auto-" + volume.volume());
        thread.setDaemon(true);
    }

    static AutoChoosing begin(Candidacy volume, Machine machine, IntSupplier movesPerHour) {
        AutoChoosing begun = new AutoChoosing(volume, machine, movesPerHour);
        begun.thread.start();
        return begun;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                course.step();
            } catch (InterruptedException e) {
                return;
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.CLOSED || e.kind() == StorageException.Kind.INTERRUPTED) {
                    return;
                }
                course.failed(e.getMessage());
            } catch (LinkageError e) {
                // The bundle is being replaced, and what was not loaded yet can't be any more.
                course.failed(e.toString());
                return;
            } catch (RuntimeException e) {
                // Whatever it was, the volume goes on as it is.
                LOG.error("choosing for volume {} met a defect", volume.volume(), e);
                course.failed("a defect: " + e);
            }
        }
    }

    /** {@return processor time of the process so far} To 10 ms, which is enough for a tick. */
    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    @Override
    public List<String> reasons() {
        return course.reasons();
    }

    @Override
    public void close() {
        observation.close();
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
