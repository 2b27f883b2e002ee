package io.pinion.advisor.measure;

import io.pinion.advisor.Advice;
import io.pinion.advisor.AdviceProgress;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.IoAdvisor;
import io.pinion.advisor.machine.Machine;
import io.pinion.memory.BufferPool;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.VolumeAdmin;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The service: one measurement at a time, by whatever strategies, guard and pool there are. */
@Component(service = IoAdvisor.class)
public final class Advisor implements IoAdvisor {
    private static final long STOP_SECONDS = 4;

    private final Strategies strategies = new Strategies();
    private final AtomicReference<TargetGuard> guard = new AtomicReference<>();
    private final AtomicReference<BufferPool> pool = new AtomicReference<>();
    private final AtomicReference<VolumeAdmin> admin = new AtomicReference<>();
    private final ReentrantLock measuring = new ReentrantLock();
    private volatile Thread runner;

    /** Started by the component runtime. */
    @Activate
    public Advisor() {}

    /** What is made for a measurement is put back before the bundle is gone. */
    @Deactivate
    void stop() throws InterruptedException {
        Thread present = runner;
        if (present != null) {
            present.interrupt();
            if (measuring.tryLock(STOP_SECONDS, TimeUnit.SECONDS)) {
                measuring.unlock();
            }
        }
    }

    /** A strategy has come. By the component runtime, or a host without a container. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindStrategy(IoStrategy arrived, Map<String, Object> properties) {
        strategies.add(arrived, properties);
    }

    void unbindStrategy(IoStrategy left) {
        strategies.remove(left);
    }

    /** A guard has come; otherwise as a strategy. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindGuard(TargetGuard arrived) {
        guard.set(arrived);
    }

    void unbindGuard(TargetGuard left) {
        guard.compareAndSet(left, null);
    }

    /** A pool has come; otherwise as a strategy. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindPool(BufferPool arrived) {
        pool.set(arrived);
    }

    void unbindPool(BufferPool left) {
        pool.compareAndSet(left, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAdmin(VolumeAdmin arrived) {
        admin.set(arrived);
    }

    void unbindAdmin(VolumeAdmin left) {
        admin.compareAndSet(left, null);
    }

    @Override
    public Advice advise(AdviceRequest request, AdviceProgress progress) throws StorageException {
        if (!measuring.tryLock()) {
            throw StorageException.of(
                            Kind.UNAVAILABLE,
                            Failures.OPERATION,
                            "something is being measured already, and two would disturb each other; wait for it")
                    .build();
        }
        runner = Thread.currentThread();
        try {
            return measure(request, progress);
        } finally {
            runner = null;
            measuring.unlock();
        }
    }

    private Advice measure(AdviceRequest request, AdviceProgress progress) throws StorageException {
        Measurement measurement = new Measurement(
                strategies,
                Optional.ofNullable(guard.get()),
                Optional.ofNullable(pool.get()),
                Optional.ofNullable(admin.get()),
                new Machine(),
                request,
                progress,
                System.nanoTime());
        return measurement.run();
    }
}
