package io.pinion.health;

import io.pinion.volume.ConfigurationRefusal;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether every volume is open, and as its configuration has it. */
@Component(property = {"hc.name=Pinion volumes", "hc.tags=pinion", "hc.tags=pinion-volumes"})
public final class VolumesCheck implements HealthCheck {
    private final VolumeAdmin admin;

    /** Made by the service component runtime. */
    @Activate
    public VolumesCheck(@Reference VolumeAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Result execute() {
        Finding finding = new Finding();
        List<VolumeStatus> volumes = admin.volumes();
        volumes.forEach(volume -> look(volume, finding));
        if (volumes.isEmpty()) {
            finding.ok("no volume is configured");
        }
        for (ConfigurationRefusal refusal : admin.refusals()) {
            finding.warn("configuration " + refusal.configuration() + " of volume " + refusal.volume()
                    + " was refused and changed nothing: " + refusal.reason() + "; correct it");
        }
        return finding.result();
    }

    private static void look(VolumeStatus volume, Finding finding) {
        String name = volume.name();
        switch (volume.state()) {
            case OPEN, SWAPPING ->
                finding.ok(
                        name + " is open: strategy " + volume.strategy().orElse("none") + " serves " + volume.target());
            case WAITING ->
                finding.unavailable(name + " waits, and so do its callers, until grace is over: " + volume.reason()
                        + "; it is tried again, 'why " + name + "' says more");
            case FAILED ->
                finding.critical(name + " has failed, and every call with it: " + volume.reason()
                        + "; look at the device, then 'reopen " + name + " --accept-loss'");
            case CLOSED -> finding.ok(name + " is being closed");
        }
    }
}
