package io.pinion.demo;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Operator;
import io.pinion.shell.text.ProgressLine;
import io.pinion.shell.text.Targets;
import io.pinion.shell.text.Units;
import io.pinion.shell.text.Words;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatistics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code demo}. Its last line starts with {@code demo: ok}, or it fails with {@code FAILED}. */
@Component(
        service = DemoCommand.class,
        property = {"osgi.command.scope=pinion", "osgi.command.function=demo"})
public final class DemoCommand {
    private static final long STOP_SECONDS = 4;

    private final BundleContext context;
    private final VolumeAdmin admin;
    private final ConfigurationAdmin configurations;
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicReference<TargetGuard> guard = new AtomicReference<>();
    private volatile Thread runner;

    @Activate
    public DemoCommand(
            BundleContext context, @Reference VolumeAdmin admin, @Reference ConfigurationAdmin configurations) {
        this.context = context;
        this.admin = admin;
        this.configurations = configurations;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindGuard(TargetGuard arrived) {
        guard.set(arrived);
    }

    void unbindGuard(TargetGuard left) {
        guard.compareAndSet(left, null);
    }

    /** A run that is interrupted removes its volume, for which core is still needed. */
    @Deactivate
    void stop() throws InterruptedException {
        Thread present = runner;
        if (present != null) {
            present.interrupt();
            if (running.tryLock(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.unlock();
            }
        }
    }

    @Descriptor("swaps the strategies of a volume under load, and verifies every byte that a file is made of")
    public void demo(
            CommandSession session,
            @Descriptor("which to swap between, such as buffered,direct; all that suit the target")
                    @Parameter(
                            names = {"--strategies"},
                            absentValue = "")
                    String strategies,
            @Descriptor("how many threads write; 4")
                    @Parameter(
                            names = {"--threads"},
                            absentValue = "4")
                    String threads,
            @Descriptor("MiB per second that they write together, 0 for no limit; 128. Reading has no limit")
                    @Parameter(
                            names = {"--rate"},
                            absentValue = "128")
                    String rate,
            @Descriptor("how long, at least; 10")
                    @Parameter(
                            names = {"--seconds"},
                            absentValue = "10")
                    String seconds,
            @Descriptor("milliseconds from swap to swap; 200")
                    @Parameter(
                            names = {"--every"},
                            absentValue = "200")
                    String every,
            @Descriptor("what the volume is on. A file that is not there, or scheme:rest, is made and removed again; a"
                            + " device, or a file that is there, is written over from its start, once you have"
                            + " agreed, and left. demo.img in data/, else among temporary files")
                    @Parameter(
                            names = {"--target"},
                            absentValue = "")
                    String target,
            @Descriptor("agree that what is on the target is destroyed")
                    @Parameter(
                            names = {"--yes"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean yes,
            @Descriptor("[FILE]: what goes through the volume; lib/modules of this Java") String... words)
            throws CommandFailure {
        Words operands = Words.of("demo [FILE] [options]", 0, 1, words);
        DemoOptions options = new DemoOptions(
                operands.isEmpty() ? modules() : session.currentDir().resolve(operands.get(0)),
                target.isEmpty() ? Target.of(data().resolve("demo.img")) : Targets.typed(session.currentDir(), target),
                DemoOptions.strategies(strategies),
                DemoOptions.threads(threads),
                DemoOptions.bytesPerSecond(rate),
                DemoOptions.seconds(seconds),
                DemoOptions.millis(every));
        if (!running.tryLock()) {
            throw new CommandFailure("demo: FAILED a demo is running already, in this Pinion");
        }
        try {
            runner = Thread.currentThread();
            run(
                    options,
                    new Consent(
                            yes, Operator.of(session, Optional.ofNullable(context.getProperty("pinion.interactive")))),
                    new ProgressLine(System.out, ProgressLine.isTerminal(session)));
        } catch (InterruptedException | InterruptedIOException e) {
            throw new CommandFailure("demo: FAILED interrupted", e);
        } catch (IOException e) {
            throw new CommandFailure("demo: FAILED " + message(e), e);
        } catch (CommandFailure e) {
            throw new CommandFailure("demo: FAILED " + e.getMessage(), e);
        } finally {
            runner = null;
            running.unlock();
        }
    }

    private void run(DemoOptions asked, Consent consent, ProgressLine line)
            throws CommandFailure, IOException, InterruptedException {
        try (Source whole = Source.open(asked.file())) {
            Place place = Place.of(admin, Optional.ofNullable(guard.get()), asked.target(), asked.strategies());
            DemoOptions options = asked.with(place.strategies());
            long size = Placement.volumeSize(whole.blocks());
            try (DemoVolume made = DemoVolume.create(context, admin, configurations, place, size)) {
                Volume volume = made.open();
                Source source = place.own().isPresent() ? whole : whole.within(volume.size());
                long written = Placement.volumeSize(source.blocks());
                if (place.own().isEmpty()) {
                    consent.require(place.loss(volume.size(), written));
                }
                System.out.println(headline(options, source, whole));
                Run run = new Run(options, source, volume, admin, new Progress(line));
                VolumeStatistics before = admin.statistics(DemoVolume.NAME);
                Optional<String> sum = execute(run, place, written);
                report(new DemoReport(run, before, admin.statistics(DemoVolume.NAME)), run.tally(), sum);
            }
        }
    }

    /** Whatever comes of it, a target that is left behind has been written to. */
    private static Optional<String> execute(Run run, Place place, long written)
            throws InterruptedException, IOException {
        try {
            return run.execute();
        } finally {
            if (place.own().isEmpty()) {
                System.out.println(place.leavings(written));
            }
        }
    }

    private static String headline(DemoOptions options, Source source, Source whole) {
        String size = Units.bytes(whole.size());
        String what = source == whole
                ? options.file() + " (" + size + ") goes"
                : "as much of " + options.file() + " as there is room for (the first " + Units.bytes(source.size())
                        + " of " + size + ") goes";
        String rate = options.bytesPerSecond() == 0 ? "" : " " + Units.bytes(options.bytesPerSecond()) + "/s";
        String swaps = options.strategies().size() == 1
                ? " by strategy " + options.strategies().get(0)
                : "; a swap (" + String.join(", ", options.strategies()) + ") every "
                        + options.swapEvery().toMillis() + " ms";
        return what + " through volume demo on " + options.target() + ": " + Units.count(options.threads(), "thread")
                + " write" + rate + ", read and verify" + swaps;
    }

    private static void report(DemoReport report, Tally tally, Optional<String> sum) throws CommandFailure {
        report.table().forEach(System.out::println);
        if (sum.isEmpty() || !tally.isClean()) {
            throw new CommandFailure(report.counts() + ": " + String.join("; ", tally.problems()));
        }
        System.out.println(report.success(sum.get()));
    }

    private Path data() {
        String data = context.getProperty("pinion.data");
        return Path.of(data == null ? System.getProperty("java.io.tmpdir") : data)
                .toAbsolutePath();
    }

    private static Path modules() {
        return Path.of(System.getProperty("java.home"), "lib", "modules");
    }

    private static String message(IOException e) {
        return e instanceof StorageException ? e.getMessage() : e.toString();
    }
}
