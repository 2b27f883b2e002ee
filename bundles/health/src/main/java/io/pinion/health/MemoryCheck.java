package io.pinion.health;

import io.pinion.memory.PagePinner;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether there is room left in the budget of pinned memory. */
@Component(property = {"hc.name=Pinion memory", "hc.tags=pinion", "hc.tags=pinion-memory"})
public final class MemoryCheck implements HealthCheck {
    private final ConfiguredThresholds thresholds;
    private final AtomicReference<PagePinner> pinner = new AtomicReference<>();

    /** Made by the service component runtime. */
    @Activate
    public MemoryCheck(@Reference ConfiguredThresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** The service that pins has come; a better one comes before the other leaves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPinner(PagePinner came) {
        pinner.set(came);
    }

    /** The service that pins leaves. */
    void unbindPinner(PagePinner left) {
        pinner.compareAndSet(left, null);
    }

    @Override
    public Result execute() {
        Finding finding = new Finding();
        PagePinner present = pinner.get();
        if (present == null) {
            finding.ok("nothing is pinned: there is no PagePinner service");
            return finding.result();
        }
        long pinned = present.pinnedBytes();
        long limit = present.limitBytes();
        if (limit == Long.MAX_VALUE) {
            finding.ok("pinned=" + Words.bytes(pinned) + ", and there is no limit");
            return finding.result();
        }
        long percent = limit == 0 ? 0 : Math.round(100.0 * pinned / limit);
        String figures = "pinned=" + Words.bytes(pinned) + " of limit=" + Words.bytes(limit) + ", " + percent + " %";
        int most = thresholds.now().memoryWarnPercent();
        if (percent < most) {
            finding.ok(figures);
        } else {
            finding.warn(figures + ", which is not below " + Thresholds.MEMORY + "=" + most
                    + ": what is opened next may go unpinned; raise limit in io.pinion.memory, and LimitMEMLOCK= or"
                    + " ulimit -l with it");
        }
        return finding.result();
    }
}
