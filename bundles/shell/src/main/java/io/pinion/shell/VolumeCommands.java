package io.pinion.shell;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Table;
import io.pinion.shell.text.Targets;
import io.pinion.shell.text.Words;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The commands that show and change volumes. A command prints to standard output, which Gogo sets for its thread, and
 * fails with a {@link CommandFailure}.
 */
@Component(
        service = VolumeCommands.class,
        property = {
            "osgi.command.scope=pinion",
            "osgi.command.function=volumes",
            "osgi.command.function=strategies",
            "osgi.command.function=swap",
            "osgi.command.function=why",
            "osgi.command.function=stats",
            "osgi.command.function=history",
            "osgi.command.function=reopen",
            "osgi.command.function=_candidates"
        })
public final class VolumeCommands {
    private final AtomicReference<VolumeAdmin> admin = new AtomicReference<>();

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

    @Descriptor("shows all volumes and tape drives: state, strategy, target, and what is not as configured")
    public void volumes(String... words) throws CommandFailure {
        Words.of("volumes", 0, 0, words);
        run(present -> VolumeTable.lines(present.volumes(), present.refusals()));
    }

    @Descriptor("shows all strategies, or what each of them says of a target")
    public void strategies(
            CommandSession session, @Descriptor("[TARGET]: a file, a device, or scheme:rest") String... words)
            throws CommandFailure {
        Words operands = Words.of("strategies [TARGET]", 0, 1, words);
        if (operands.isEmpty()) {
            run(present -> StrategyTable.lines(present.strategies()));
        } else {
            Target target = Targets.typed(session.currentDir(), operands.get(0));
            run(present -> StrategyTable.choices(present.strategies(target)));
        }
    }

    @Descriptor("makes another strategy serve a volume or a drive, while its users go on")
    public void swap(
            @Descriptor("write the strategy to the volume's configuration as its first choice")
                    @Parameter(
                            names = {"-s", "--save"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean save,
            @Descriptor("end an earlier swap by hand: back to what the configuration says")
                    @Parameter(
                            names = {"-c", "--configured"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean configured,
            @Descriptor("NAME STRATEGY; with --configured NAME alone") String... words)
            throws CommandFailure {
        String usage = "swap NAME STRATEGY [--save], or swap NAME --configured";
        Words operands = Words.of(usage, configured ? 1 : 2, configured ? 1 : 2, words);
        if (configured && save) {
            throw operands.failure("--save and --configured exclude each other");
        }
        String name = operands.get(0);
        if (configured) {
            run(present -> {
                present.clearOverride(name);
                return List.of(now(present, name));
            });
        } else {
            run(present -> swapped(present, name, operands.get(1), save));
        }
    }

    @Descriptor("says why a volume or a drive is slow, waiting, bounced, overridden or not as preferred")
    public void why(@Descriptor("NAME") String... words) throws CommandFailure {
        String name = Words.of("why NAME", 1, 1, words).get(0);
        run(present -> bullets(present.why(name)));
    }

    @Descriptor("shows a volume's figures: operations, bytes, latency, zero-copy and bounced, swaps and pauses")
    public void stats(@Descriptor("NAME") String... words) throws CommandFailure {
        String name = Words.of("stats NAME", 1, 1, words).get(0);
        run(present -> StatisticsReport.lines(name, present.statistics(name)));
    }

    @Descriptor("shows a volume's latest swaps and attempts, latest first")
    public void history(@Descriptor("NAME") String... words) throws CommandFailure {
        String name = Words.of("history NAME", 1, 1, words).get(0);
        run(present -> HistoryTable.lines(name, present.history(name)));
    }

    @Descriptor("closes a volume's target and opens it again; its users wait meanwhile")
    public void reopen(
            @Descriptor("forgive a failed flush: what was not written is lost")
                    @Parameter(
                            names = {"--accept-loss"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean acceptLoss,
            @Descriptor("NAME") String... words)
            throws CommandFailure {
        String name = Words.of("reopen NAME [--accept-loss]", 1, 1, words).get(0);
        run(present -> {
            present.reopen(name, acceptLoss);
            return List.of(now(present, name));
        });
    }

    /** {@return what can be typed at a place in a command}: the shell's completion asks, and hides the underscore. */
    public List<String> _candidates(List<String> words, int index) {
        VolumeAdmin present = admin.get();
        if (present == null || words.isEmpty()) {
            return List.of();
        }
        if (index == 1) {
            return present.volumes().stream().map(VolumeStatus::name).toList();
        }
        return index == 2 && words.get(0).endsWith("swap")
                ? present.strategies().stream().map(StrategyStatus::name).toList()
                : List.of();
    }

    /** What a command asks of the volumes, and the lines that it prints. */
    private interface Question {
        List<String> ask(VolumeAdmin present) throws CommandFailure, StorageException;
    }

    private void run(Question question) throws CommandFailure {
        VolumeAdmin present = admin.get();
        if (present == null) {
            throw new CommandFailure("there are no volumes: bundle io.pinion.core is not active; see lb and log/");
        }
        try {
            question.ask(present).forEach(System.out::println);
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private static List<String> swapped(VolumeAdmin present, String name, String strategy, boolean save)
            throws CommandFailure, StorageException {
        SwapReport report = save ? present.swapAndSave(name, strategy) : present.swap(name, strategy);
        String sentence = HistoryTable.sentence(report);
        if (!report.isServing()) {
            throw new CommandFailure(sentence);
        }
        return List.of(sentence);
    }

    private static String now(VolumeAdmin present, String name) {
        return present.volume(name)
                .map(volume -> name + ": " + volume.state()
                        + volume.strategy().map(s -> ", served by " + s).orElse(", " + volume.reason()))
                .orElse(name + ": gone");
    }

    /** A sentence that begins with spaces belongs to the one before it. */
    private static List<String> bullets(List<String> sentences) {
        List<String> lines = new ArrayList<>();
        for (String sentence : sentences) {
            String bullet = sentence.startsWith(" ") ? "  - " : "- ";
            for (String line : Table.wrap(sentence, Table.WIDTH - bullet.length())) {
                lines.add(bullet + line);
                bullet = " ".repeat(bullet.length());
            }
        }
        return lines;
    }
}
