package io.pinion.shell;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Words;
import io.pinion.volume.BlockDevice;
import io.pinion.volume.BlockDevices;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command that shows the machine's block devices; as those of {@link VolumeCommands}. */
@Component(
        service = BlockCommands.class,
        property = {"osgi.command.scope=pinion", "osgi.command.function=blocks"})
public final class BlockCommands {
    private final AtomicReference<BlockDevices> devices = new AtomicReference<>();
    private final AtomicReference<VolumeAdmin> admin = new AtomicReference<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDevices(BlockDevices arrived) {
        devices.set(arrived);
    }

    void unbindDevices(BlockDevices left) {
        devices.compareAndSet(left, null);
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

    @Descriptor("shows the block devices: size, limits, who uses them, and whether a volume could have them")
    public void blocks(
            @Descriptor("[NAME]: all about one; a name, a node, or a link such as /dev/disk/by-id/…") String... words)
            throws CommandFailure {
        Words operands = Words.of("blocks [NAME]", 0, 1, words);
        BlockDevices present = devices.get();
        if (present == null) {
            throw new CommandFailure(
                    "block devices can't be shown: bundle io.pinion.linux is not active; see lb and log/");
        }
        lines(present, operands).forEach(System.out::println);
    }

    private List<String> lines(BlockDevices present, Words operands) throws CommandFailure {
        if (operands.isEmpty()) {
            return BlockTable.lines(present.list(), volumes());
        }
        String name = operands.get(0);
        BlockDevice device = present.find(name)
                .orElseThrow(() -> new CommandFailure("there is no block device " + name + "; 'blocks' lists them"));
        return BlockReport.lines(device, volumes());
    }

    /** {@return the volumes that hold something, by its identity; of several that share it the first} */
    private Map<String, String> volumes() {
        VolumeAdmin present = admin.get();
        return present == null
                ? Map.of()
                : present.volumes().stream()
                        .filter(volume -> !volume.identity().isEmpty())
                        .collect(Collectors.toMap(VolumeStatus::identity, VolumeStatus::name, (first, other) -> first));
    }
}
