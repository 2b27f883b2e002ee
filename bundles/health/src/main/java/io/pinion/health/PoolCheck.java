package io.pinion.health;

import io.pinion.memory.BufferPool;
import io.pinion.memory.PoolStatus;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether the pool of leased buffers is pinned, gets its leases back, and has enough of them. */
@Component(property = {"hc.name=Pinion pool", "hc.tags=pinion", "hc.tags=pinion-pool"})
public final class PoolCheck implements HealthCheck {
    private final AtomicReference<BufferPool> pool = new AtomicReference<>();

    /** The service that leases has come; a better one comes before the other leaves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPool(BufferPool came) {
        pool.set(came);
    }

    /** The service that leases leaves. */
    void unbindPool(BufferPool left) {
        pool.compareAndSet(left, null);
    }

    @Override
    public Result execute() {
        Finding finding = new Finding();
        BufferPool present = pool.get();
        if (present == null) {
            finding.ok("nothing is on lease: there is no BufferPool service");
        } else {
            look(present.status(), finding);
        }
        return finding.result();
    }

    private static void look(PoolStatus status, Finding finding) {
        finding.ok("leased=" + Words.bytes(status.leased()) + " of held=" + Words.bytes(status.held()) + ", limit="
                + Words.bytes(status.limit()));
        if (!status.unpinned().isEmpty()) {
            finding.warn("pinned=" + Words.bytes(status.pinned()) + " of held=" + Words.bytes(status.held())
                    + ", the rest is not: " + status.unpinned());
        }
        if (status.waiting() > 0) {
            finding.warn(status.waiting() + " threads wait for a lease: the applications are to close theirs, or raise"
                    + " limit in io.pinion.pool");
        }
        if (status.leaks() > 0) {
            finding.warn(
                    status.leaks() + " leases were never closed: an application has a defect; the log has them, and"
                            + " with leak.detail in io.pinion.pool where they were taken");
        }
    }
}
