package io.pinion.shell;

import io.pinion.memory.PagePinner;
import io.pinion.memory.RegisteredMemory;
import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Words;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command that shows what is pinned; as those of {@link VolumeCommands}. */
@Component(
        service = PinCommands.class,
        property = {"osgi.command.scope=pinion", "osgi.command.function=pins"})
public final class PinCommands {
    private final AtomicReference<PagePinner> pinner = new AtomicReference<>();
    private final AtomicReference<RegisteredMemory> rings = new AtomicReference<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPinner(PagePinner arrived) {
        pinner.set(arrived);
    }

    void unbindPinner(PagePinner left) {
        pinner.compareAndSet(left, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRings(RegisteredMemory arrived) {
        rings.set(arrived);
    }

    void unbindRings(RegisteredMemory left) {
        rings.compareAndSet(left, null);
    }

    @Descriptor("shows what memory is pinned, by whom and since when, and the totals beside the kernel's")
    public void pins(
            @Descriptor("the pages instead, as the kernel shows them: size, frame, mapping")
                    @Parameter(
                            names = {"-p", "--pages"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean pages,
            String... words)
            throws CommandFailure {
        Words.of("pins [--pages]", 0, 0, words);
        PagePinner present = pinner.get();
        if (present == null) {
            throw new CommandFailure("nothing is pinned: there is no PagePinner service; bundles io.pinion.memory and"
                    + " io.pinion.linux are not active; see lb and log/");
        }
        (pages ? PageTable.lines(present.pins()) : PinTable.lines(present.pins())).forEach(System.out::println);
        System.out.println();
        PinTotalsReport.lines(present.totals(), registered()).forEach(System.out::println);
    }

    private OptionalLong registered() {
        RegisteredMemory present = rings.get();
        return present == null ? OptionalLong.empty() : OptionalLong.of(present.registeredBytes());
    }
}
