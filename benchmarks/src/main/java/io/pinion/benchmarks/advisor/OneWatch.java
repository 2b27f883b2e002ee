package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.Strategies;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Cached 4 KiB reads at full speed by one thread, of volumes that are watched and that are not, in a virtual machine of its own.
 * In each round each volume has a turn of a quarter of a second, in an order that is drawn anew; what it did is printed in
 * operations a second. An older build's libraries do for volumes that nobody watches.
 */
final class OneWatch {
    /** A volume on the page cache. */
    static final String PLAIN = "plain";
    /** Another one, to see by how much they differ. */
    static final String AGAIN = "again";
    /** A volume with strategy=auto. */
    static final String WATCHED = "watched";

    private static final int BLOCK = 4096;
    private static final int BLOCKS = 4096;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int CHECKED_EVERY = 256;
    /** Rounds that are for the compiler. */
    private static final int WARM_UP = 6;

    private final List<Turn> turns = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);

    private OneWatch() {}

    /** Who has a turn. */
    private record Turn(String name, Volume volume) {}

    /** {@return the arguments of {@link #main}} A file for each. */
    static List<String> arguments(int rounds, List<String> names, List<Path> files) {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(rounds)));
        for (int i = 0; i < names.size(); i++) {
            arguments.add(names.get(i) + "=" + files.get(i));
        }
        return arguments;
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        OneWatch watch = new OneWatch();
        try (Pinion pinion = Strategies.start()) {
            for (String argument : Stream.of(arguments).skip(1).toList()) {
                String[] parts = argument.split("=", 2);
                watch.add(pinion, parts[0], parts[1]);
            }
            watch.run(Integer.parseInt(arguments[0]));
        }
    }

    private void add(Pinion pinion, String name, String file) throws StorageException {
        if (name.equals(WATCHED)) {
            Watching.begin(pinion);
        }
        String strategy = name.equals(WATCHED) ? AutoResult.AUTO : "buffered";
        pinion.configure(name, Map.of("target", file, "strategy", strategy, "access", "read-only"));
        turns.add(new Turn(name, pinion.volume(name, Duration.ofSeconds(10))));
    }

    private void run(int rounds) throws StorageException {
        Random order = new Random();
        for (int round = -WARM_UP; round < rounds; round++) {
            Collections.shuffle(turns, order);
            for (Turn turn : turns) {
                double rate = rate(turn.volume(), round);
                if (round >= 0) {
                    System.out.println(turn.name() + '\t' + rate);
                }
            }
        }
    }

    private double rate(Volume volume, int seed) throws StorageException {
        SplittableRandom random = new SplittableRandom(seed);
        long begin = System.nanoTime();
        long operations = 0;
        long passed;
        do {
            for (int i = 0; i < CHECKED_EVERY; i++) {
                volume.read(buffer.clear(), (long) random.nextInt(BLOCKS) * BLOCK);
            }
            operations += CHECKED_EVERY;
            passed = System.nanoTime() - begin;
        } while (passed < TURN_NANOS);
        return operations * 1e9 / passed;
    }
}
