package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.PageCache;
import io.pinion.benchmarks.Strategies;
import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Span;
import io.pinion.benchmarks.plan.Way;
import io.pinion.linux.libc.LibC;
import io.pinion.linux.uring.RingOptions;
import io.pinion.volume.Pinion;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatistics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One sample: {@code WAY} and a {@link Shape}'s arguments. Prints a line of figures as {@code uring.c} does, with
 * allocated=N: bytes that the threads allocated; and what Pinion says about how it did it, in lines that begin with
 * {@link #NOTE}.
 */
public final class OneSample {
    /** How a line of Pinion's own words begins. */
    public static final String NOTE = "note: ";

    /** How sentences begin that differ from sample to sample: what was moved, and what is in flight. */
    private static final List<String> PASSING = List.of("Strategy ", "In flight", "Queue: ");

    /** What differs in a sentence that does not: how much was copied for a cause. */
    private static final String COUNTED = "\\d+ transfers, \\d+ bytes: ";

    private final Way way;
    private final Shape shape;
    private final Path file;
    private final Meter meter;
    private final LibC calls = new LibC();
    private final Memory memory = new Memory(calls);

    private OneSample(Way way, List<String> arguments) {
        this.way = way;
        shape = Shape.of(arguments);
        file = Path.of(arguments.get(2)).toAbsolutePath();
        meter = new Meter(Span.of(arguments), shape.timedEvery());
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        new OneSample(Way.valueOf(all.get(0)), all.subList(1, all.size())).run();
    }

    private void run() throws Exception {
        switch (way) {
            case QUEUE, VOLUME -> volume();
            case RING ->
                measure(some -> ring(some, RingOptions.entries(some.depth()).shared()));
            case OWNER_BOUND_RING -> measure(some -> ring(some, RingOptions.entries(some.depth())));
            case CHANNEL_DIRECT -> channel(Memory::allocated, direct());
            case CHANNEL_LEASED -> channel(memory::leased, direct());
            case CHANNEL_BUFFERED -> channel(memory::leased);
            case ASYNC_CHANNEL -> asynchronous();
            case TAPE -> tape();
            default -> throw new IllegalArgumentException(way + " is a program of its own");
        }
    }

    private void measure(Load.Maker maker) throws Exception {
        measure(maker, () -> {});
    }

    /**
     * Large blocks are too few for the compiler to be done within a warm-up. So it begins with small ones.
     *
     * @param last done before the load is closed
     */
    private void measure(Load.Maker maker, Meter.Chore last) throws Exception {
        if (shape.isLarge()) {
            try (Load small = maker.make(shape.small())) {
                meter.warmUp(small, shape.small());
            }
        }
        try (Load load = maker.make(shape)) {
            System.out.println(meter.measure(load, shape));
            last.run();
        }
    }

    private Load ring(Shape some, RingOptions options) throws IOException {
        return new RingLoad(some, calls, options, meter.latencies());
    }

    private void volume() throws Exception {
        try (Pinion pinion = Strategies.start()) {
            pinion.configure("v", Map.of("target", file.toString(), "strategy", strategy()));
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            measure(some -> load(some, volume), () -> notes(pinion.admin()));
        }
        memory.notes().forEach(OneSample::note);
    }

    private void tape() throws Exception {
        PageCache cache = new PageCache(calls);
        try (Pinion pinion = Strategies.start()) {
            pinion.configureTape("v", Map.of("target", "tape-image:" + file));
            TapeDrive drive = pinion.tape("v", Duration.ofSeconds(10));
            measure(
                    some -> new TapeLoad(some, drive, memory.leased(some).get(0), meter, () -> cache.drop(file)),
                    () -> notes(pinion.admin()));
        }
        memory.notes().forEach(OneSample::note);
    }

    private String strategy() {
        if (shape.pattern() == Pattern.CACHED) {
            return "buffered";
        }
        return Files.isRegularFile(file) ? "direct" : "block";
    }

    /** All that {@code why} says, but what is passing. */
    private void notes(VolumeAdmin admin) throws IOException {
        admin.why("v").stream()
                .filter(sentence -> PASSING.stream().noneMatch(sentence::startsWith))
                .map(sentence -> sentence.replace(file.getParent() + "/", "").replaceFirst(COUNTED, ""))
                .forEach(OneSample::note);
        for (VolumeStatistics.ByStrategy moved :
                admin.statistics("v").byStrategy().values()) {
            note(String.format(Locale.ROOT, "%.0f %% without a copy", 100.0 * moved.zeroCopyBytes() / moved.bytes()));
        }
        if (way == Way.QUEUE) {
            note("rings: " + rings());
        }
    }

    private static void note(String text) {
        System.out.println(NOTE + text);
    }

    /** {@return how many rings the process has} Its queue's, or none where that runs on threads. */
    private static long rings() throws IOException {
        long rings = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().contains("[io_uring]")) {
                    rings++;
                }
            }
        }
        return rings;
    }

    private Load load(Shape some, Volume volume) throws IOException {
        if (way == Way.QUEUE) {
            return new QueueLoad(some, volume, memory.leases(some.depth(), some.block()), meter.latencies());
        }
        List<ByteBuffer> buffers = memory.leased(some);
        return new ThreadsLoad(some, new VolumeTransfers(some.kind(), volume), buffers, volume.size(), meter, null);
    }

    private void channel(Memory.Source buffers, OpenOption... more) throws Exception {
        try (FileChannel channel = FileChannel.open(file, options(more))) {
            boolean caches = more.length == 0 && shape.kind() == Kind.READ;
            Meter.Chore betweenPasses = caches ? () -> new PageCache(calls).drop(file) : null;
            Transfers transfers = new ChannelTransfers(shape.kind(), channel);
            measure(some -> new ThreadsLoad(some, transfers, buffers.of(some), channel.size(), meter, betweenPasses));
        }
    }

    private void asynchronous() throws Exception {
        try (Workers threads = new Workers(shape.depth());
                AsynchronousFileChannel channel =
                        AsynchronousFileChannel.open(file, options(direct()), threads.executor())) {
            measure(some -> new AsyncLoad(some, channel, threads, Memory.allocated(some), channel.size(), meter));
        }
    }

    /** ExtendedOpenOption.DIRECT, by its name: compilers warn of the class, though it is supported. */
    private static OpenOption direct() throws ReflectiveOperationException {
        for (Object option :
                Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
            if (option.toString().equals("DIRECT")) {
                return (OpenOption) option;
            }
        }
        throw new IllegalStateException("this JDK has no ExtendedOpenOption.DIRECT");
    }

    private Set<OpenOption> options(OpenOption... more) {
        Set<OpenOption> options = new HashSet<>(List.of(more));
        options.add(shape.kind() == Kind.WRITE ? StandardOpenOption.WRITE : StandardOpenOption.READ);
        return options;
    }
}
