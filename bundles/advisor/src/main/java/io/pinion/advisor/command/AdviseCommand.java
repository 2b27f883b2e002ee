package io.pinion.advisor.command;

import io.pinion.advisor.Advice;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.IoAdvisor;
import io.pinion.advisor.Load;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.report.FioJob;
import io.pinion.advisor.report.FioJson;
import io.pinion.advisor.report.HtmlReport;
import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.ProgressLine;
import io.pinion.shell.text.Targets;
import io.pinion.shell.text.Words;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code advise}. Its last lines are the verdict and what follows from it. */
@Component(
        service = AdviseCommand.class,
        property = {"osgi.command.scope=pinion", "osgi.command.function=advise"})
public final class AdviseCommand {
    private static final String USAGE = "advise PATH [options], or advise --volume NAME [options]";

    private final IoAdvisor advisor;
    private final AtomicReference<VolumeAdmin> admin = new AtomicReference<>();

    /** Started by the component runtime. */
    @Activate
    public AdviseCommand(@Reference IoAdvisor advisor) {
        this.advisor = advisor;
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

    /** Measures, and prints what came of it. */
    @Descriptor(
            "measures whether direct I/O is worth it on a file, a device or a volume, and says so with the evidence")
    public void advise(
            CommandSession session,
            @Descriptor("a volume, with the load that it is seen to have, in place of PATH")
                    @Parameter(
                            names = {"--volume"},
                            absentValue = "")
                    String volume,
            @Descriptor("of requests; 4KiB,64KiB,1MiB. Each is measured by itself")
                    @Parameter(
                            names = {"--sizes"},
                            absentValue = AdviseOptions.SIZES)
                    String sizes,
            @Descriptor("how many of a hundred requests are writes; 0. Others need --write")
                    @Parameter(
                            names = {"--writes"},
                            absentValue = AdviseOptions.WRITES)
                    String writes,
            @Descriptor("each request begins where the one before ended; else at random")
                    @Parameter(
                            names = {"--sequential"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean sequential,
            @Descriptor("no byte is asked for a second time, as by a backup: no cache could have it")
                    @Parameter(
                            names = {"--once"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean once,
            @Descriptor("how many requests the application has under way at once; 1")
                    @Parameter(
                            names = {"--depth"},
                            absentValue = AdviseOptions.DEPTH)
                    String depth,
            @Descriptor("over how much of the target requests are spread, such as 1GiB; all of it")
                    @Parameter(
                            names = {"--span"},
                            absentValue = "")
                    String span,
            @Descriptor("how long it may take in all; 60s")
                    @Parameter(
                            names = {"--budget"},
                            absentValue = "60s")
                    String budget,
            @Descriptor("how much it may move in all, such as 10GiB; any")
                    @Parameter(
                            names = {"--bytes"},
                            absentValue = "")
                    String bytes,
            @Descriptor("how many MiB a second it may move, over the whole time; 0 for any")
                    @Parameter(
                            names = {"--rate"},
                            absentValue = "0")
                    String rate,
            @Descriptor("allow a scratch file in the directory, or beside the file: nothing else is ever written")
                    @Parameter(
                            names = {"--write"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean write,
            @Descriptor("a file to write a report to, with pictures; it opens in a browser, without a network")
                    @Parameter(
                            names = {"--report"},
                            absentValue = "")
                    String report,
            @Descriptor("a file to write the figures to, in the shape of fio's JSON")
                    @Parameter(
                            names = {"--json"},
                            absentValue = "")
                    String json,
            @Descriptor("a file to write a job for fio to, which measures the same")
                    @Parameter(
                            names = {"--fio"},
                            absentValue = "")
                    String fio,
            @Descriptor("with --volume: swap it to what the verdict says, and write that to its configuration")
                    @Parameter(
                            names = {"--apply"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean apply,
            @Descriptor("PATH: a file, a block device, or with --write a directory") String... words)
            throws CommandFailure {
        Words operands = Words.of(USAGE, volume.isEmpty() ? 1 : 0, volume.isEmpty() ? 1 : 0, words);
        if (apply && volume.isEmpty()) {
            throw operands.failure("--apply writes a volume's configuration, and no volume is named: --volume NAME");
        }
        List<TakeAway> takeAways = new ArrayList<>();
        TakeAway.of("--report", session.currentDir(), report, HtmlReport::of).ifPresent(takeAways::add);
        TakeAway.of("--json", session.currentDir(), json, FioJson::of).ifPresent(takeAways::add);
        TakeAway.of("--fio", session.currentDir(), fio, FioJob::of).ifPresent(takeAways::add);
        Load load = AdviseOptions.load(sizes, writes, sequential, once, depth, span);
        if (!volume.isEmpty() && !load.equals(AdviseOptions.usual())) {
            throw operands.failure(
                    "--volume plays the load that the volume is seen to have: leave out --sizes, --writes,"
                            + " --sequential, --once, --depth and --span, or name its target in place of it");
        }
        AdviceRequest about = volume.isEmpty()
                ? AdviceRequest.of(Targets.typed(session.currentDir(), operands.get(0)), load)
                : AdviceRequest.ofVolume(volume);
        AdviceRequest request = AdviseOptions.bounded(about, budget, bytes, rate, write);
        AdviceText.plan(request).forEach(System.out::println);
        Advice advice = measure(request, new ProgressLine(System.out, ProgressLine.isTerminal(session)));
        AdviceText.lines(advice).forEach(System.out::println);
        for (TakeAway takeAway : takeAways) {
            System.out.println(takeAway.write(advice));
        }
        if (apply) {
            System.out.println(applied(volume, advice));
        }
    }

    private Advice measure(AdviceRequest request, ProgressLine line) throws CommandFailure {
        try {
            return advisor.advise(request, new Progress(line));
        } catch (StorageException e) {
            throw new CommandFailure(
                    e.kind() == Kind.INTERRUPTED
                            ? "advise: it was interrupted, and nothing is left behind"
                            : e.getMessage(),
                    e);
        } finally {
            line.end();
        }
    }

    private String applied(String volume, Advice advice) throws CommandFailure {
        if (advice.verdict() == Verdict.INCONCLUSIVE) {
            return "nothing is applied: the verdict is inconclusive";
        }
        VolumeAdmin present = admin.get();
        if (present == null) {
            throw new CommandFailure("advise: nothing is applied: bundle io.pinion.core is not active");
        }
        String strategy =
                advice.configuration().get(0).replaceFirst(".*= *", "").replaceFirst(",.*", "");
        try {
            SwapReport report = present.swapAndSave(volume, strategy);
            if (!report.isServing()) {
                throw new CommandFailure("advise: " + volume + " was not swapped to " + strategy + ": "
                        + report.outcome() + " " + report.detail());
            }
            return volume + " is served by " + strategy + ", and its configuration says so"
                    + (advice.verdict() == Verdict.UNCACHED ? "; cache = drop is yours to set, see above" : "");
        } catch (StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
