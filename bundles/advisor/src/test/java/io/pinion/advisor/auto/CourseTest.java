package io.pinion.advisor.auto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.strategy.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a choice goes, on a volume and a load that are made up; time passes only as ticks do. */
class CourseTest {
    private static final int BLOCK = 4096;
    private static final long TICK = 500_000_000;
    private static final long MEMORY = 1L << 30;

    private final FakeVolume volume = new FakeVolume();
    private final Samples samples = new Samples();
    private final Random random = new Random(11);
    private long now;
    private int ticks;
    private int changesAt = Integer.MAX_VALUE;
    private int reopensAt = Integer.MAX_VALUE;
    private Load load = Load.IDLE;
    private final Moves moves = new Moves(() -> now, () -> 6);
    private final Course course = new Course(volume, samples, this::tick, () -> MEMORY, moves);

    /** A load: over how many bytes it reads at random, and what each strategy makes of it. */
    private enum Load {
        IDLE(0, 0, 0, 0),
        /** Fits the page cache. */
        HOT(64L << 20, 800_000, 20_000, 0.0),
        /** Far larger than memory, many at once: direct wins. */
        COLD(1L << 40, 10_000, 15_000, 0.99),
        /** As the one before, but direct wins nothing. */
        EVEN(1L << 40, 10_000, 10_050, 0.99),
        /** Large requests, of which direct moves more bytes a second than the page cache does of small ones that it has. */
        LARGE(1L << 40, 2_000, 5_000, 0.99, 1 << 20);

        private final long span;
        private final long buffered;
        private final long direct;
        private final double missed;
        private final int block;

        Load(long span, long buffered, long direct, double missed) {
            this(span, buffered, direct, missed, BLOCK);
        }

        Load(long span, long buffered, long direct, double missed, int block) {
            this.block = block;
            this.span = span;
            this.buffered = buffered;
            this.direct = direct;
            this.missed = missed;
        }
    }

    private Tick tick() {
        now += TICK;
        if (++ticks == changesAt) {
            load = Load.LARGE;
        }
        if (ticks == reopensAt + 1) {
            volume.serving = Optional.of("direct");
        }
        String serving = volume.serving.orElse("");
        if (ticks == reopensAt) {
            volume.serving = Optional.empty();
        }
        boolean cached = serving.equals("buffered");
        long perSecond = cached ? load.buffered : load.direct;
        long operations = (long) (perSecond * TICK / 1e9 * (0.98 + random.nextDouble() * 0.04));
        double latency = 32 * 1e9 / Math.max(1, perSecond) * (0.98 + random.nextDouble() * 0.04);
        for (long i = 0; i < operations / 64; i++) {
            samples.read(random.nextLong(load.span / load.block) * load.block, load.block, (long) latency, false);
        }
        OptionalDouble missed = cached ? OptionalDouble.of(load.missed) : OptionalDouble.empty();
        return new Tick(
                serving,
                TICK,
                serving.isEmpty() ? 0 : operations,
                operations * load.block,
                0,
                operations * 1000,
                operations < 64 ? OptionalDouble.empty() : OptionalDouble.of(latency),
                0,
                missed,
                samples.taken());
    }

    private void go(int until) throws Exception {
        int end = ticks + until;
        while (ticks < end) {
            step();
        }
    }

    private void step() throws Exception {
        try {
            course.step();
        } catch (StorageException e) {
            course.failed(e.getMessage());
        }
    }

    private static StorageException late() {
        return StorageException.of(StorageException.Kind.TIMEOUT, "choose", "no answer")
                .build();
    }

    private String reasons() {
        return String.join(" ", course.reasons());
    }

    @Test
    void beginsWithThePageCache() throws Exception {
        go(3);
        assertThat(volume.chosen).containsExactly("buffered");
        assertThat(reasons()).contains("began with buffered");
    }

    @Test
    void neverMovesOnALoadThatFitsTheCache() throws Exception {
        load = Load.HOT;
        go(2000);
        assertThat(volume.chosen).containsExactly("buffered");
        assertThat(reasons()).contains("the page cache has 100 % of what is read");
    }

    @Test
    void movesOnceForALoadThatDirectServesBetter() throws Exception {
        load = Load.COLD;
        go(2000);
        assertThat(volume.chosen).containsExactly("buffered", "direct");
        assertThat(volume.causes.get(1)).startsWith("trial, the page cache misses 99 %");
        assertThat(reasons()).contains("chose direct because").containsPattern("speed 1\\.[45]");
    }

    @Test
    void movesOnceWithEachPhase() throws Exception {
        load = Load.HOT;
        go(100);
        load = Load.COLD;
        go(100);
        assertThat(volume.serving).contains("direct");
        load = Load.HOT;
        go(100);
        assertThat(volume.serving).contains("buffered");
        assertThat(volume.chosen).containsExactly("buffered", "direct", "buffered");
    }

    /** The bytes of a second say nothing when requests are others than before. */
    @Test
    void holdsALoadAgainstNoOtherWhenItChanges() throws Exception {
        for (int cut = 0; cut < 6; cut++) {
            load = Load.LARGE;
            go(100 + cut);
            assertThat(volume.serving).contains("direct");
            load = Load.HOT;
            go(100);
            assertThat(volume.serving).contains("buffered");
            now += TimeUnit.HOURS.toNanos(1);
        }
        assertThat(volume.chosen).hasSize(1 + 2 * 6);
    }

    @Test
    void aTrialInWhichTheLoadChangesProvesNothing() throws Exception {
        load = Load.COLD;
        changesAt = Course.SEEN + 1 + Course.START + Course.TRIAL / 2;
        go(Course.SEEN + 1 + Course.START + Course.TRIAL);
        assertThat(volume.serving).contains("buffered");
        assertThat(volume.causes.get(2)).contains("the load changed before the trial ended");
        go(100);
        assertThat(volume.serving).as("nor is it lost").contains("direct");
    }

    @Test
    void decidesWithinSeconds() throws Exception {
        load = Load.COLD;
        go(Course.SEEN + Course.START + Course.TRIAL + 4);
        assertThat(reasons()).contains("chose direct");
    }

    @Test
    void goesBackWhenNothingIsWonAndDoesNotTrySoonAgain() throws Exception {
        load = Load.EVEN;
        go(100);
        assertThat(volume.chosen).containsExactly("buffered", "direct", "buffered");
        assertThat(volume.causes.get(2)).contains("no clear win");
        assertThat(reasons()).contains("the last trial for such a load was lost");
        go((int) (TimeUnit.HOURS.toNanos(6) / TICK));
        // After 10 min, 30 min, 70 min, 150 min, 310 min.
        assertThat(volume.chosen).hasSize(1 + 2 * 6);
        assertThat(volume.serving).contains("buffered");
    }

    @Test
    void goesBackAtLastWhenThatIsRefusedAtFirst() throws Exception {
        load = Load.EVEN;
        volume.hindrance = strategy -> volume.chosen.size() > 2 && volume.chosen.size() < 6 ? "it did not drain" : "";
        go(30);
        assertThat(volume.serving).contains("direct");
        assertThat(volume.chosen).as("not at every tick").containsExactly("buffered", "direct", "buffered");
        assertThat(reasons())
                .contains("could not go back to buffered, which is tried again: it did not drain")
                .doesNotContain("went back");
        go(70);
        assertThat(volume.serving).contains("buffered");
        assertThat(volume.causes.get(5)).startsWith("trial ended, no clear win");
        assertThat(reasons()).contains("tried direct and went back to buffered: no clear win");
        assertThat(moves.refusal("another")).as("what is refused is no move").isEmpty();
        go(100);
        assertThat(volume.chosen).hasSize(6);
    }

    @Test
    void goesBackThoughTheFirstAttemptThrows() throws Exception {
        load = Load.EVEN;
        volume.hindrance = strategy -> {
            if (volume.chosen.size() == 3) {
                throw late();
            }
            return "";
        };
        go(22);
        assertThat(reasons()).contains("it could not go on").contains("it is to go back to buffered");
        go(20);
        assertThat(volume.chosen).containsExactly("buffered", "direct", "buffered", "buffered");
        assertThat(volume.serving).contains("buffered");
    }

    @Test
    void goesBackThoughNobodyServesJustWhenTheTrialEnds() throws Exception {
        load = Load.EVEN;
        reopensAt = 2 + Course.SEEN + Course.START + Course.TRIAL;
        go(reopensAt);
        assertThat(volume.chosen).containsExactly("buffered", "direct");
        assertThat(volume.serving).isEmpty();
        go(30);
        assertThat(volume.chosen).containsExactly("buffered", "direct", "buffered");
        assertThat(volume.causes.get(2)).contains("no clear win");
    }

    @Test
    void goesBackFromATrialThatThrewWhenItBegan() throws Exception {
        load = Load.EVEN;
        volume.hindrance = strategy -> {
            if (strategy.equals("direct")) {
                volume.serving = Optional.of(strategy);
                throw late();
            }
            return "";
        };
        go(30);
        assertThat(volume.chosen).startsWith("buffered", "direct", "buffered");
        assertThat(volume.causes.get(2)).isEqualTo("trial ended, the trial came to no end");
    }

    @Test
    void goesBackWhenWhatWasChosenByHandHasEnded() throws Exception {
        load = Load.EVEN;
        volume.hindrance = strategy -> volume.override.isPresent() || volume.chosen.size() == 3 ? "not now" : "";
        go(25);
        assertThat(volume.chosen).hasSize(3);
        volume.override = Optional.of("direct");
        go(100);
        assertThat(volume.chosen).hasSize(3);
        volume.override = Optional.empty();
        go(1);
        assertThat(volume.causes.get(3)).startsWith("trial ended, no clear win");
        assertThat(volume.serving).contains("buffered");
    }

    @Test
    void goesBackToNobodyWhenAnotherWasChosenByHandMeanwhile() throws Exception {
        load = Load.EVEN;
        volume.hindrance = strategy -> volume.chosen.size() > 2 ? "it did not drain" : "";
        go(25);
        volume.override = Optional.of("buffered");
        volume.serving = volume.override;
        go(10);
        volume.override = Optional.empty();
        go(100);
        assertThat(volume.chosen).hasSize(3);
    }

    @Test
    void asksEverMoreRarelyForOneWhoIsGoneForGood() throws Exception {
        load = Load.EVEN;
        volume.hindrance = strategy -> volume.chosen.size() > 2 ? "it has left" : "";
        go((int) (TimeUnit.HOURS.toNanos(2) / TICK));
        assertThat(volume.chosen).hasSizeBetween(15, 25);
        volume.hindrance = strategy -> "";
        go((int) (TimeUnit.MINUTES.toNanos(11) / TICK));
        assertThat(volume.serving).contains("buffered");
    }

    @Test
    void beginsAnewSoonThoughItOwesAWayBackThatIsLongInComing() throws Exception {
        load = Load.EVEN;
        volume.hindrance = strategy -> volume.chosen.size() > 2 ? "it has left" : "";
        go((int) (TimeUnit.HOURS.toNanos(2) / TICK));
        volume.hindrance = strategy -> "";
        volume.serving = Optional.empty();
        go(12);
        assertThat(volume.serving).contains("buffered");
    }

    @Test
    void keepsToTheLimitWhenTheLoadChangesAllTheTime() throws Exception {
        for (int i = 0; i < 100; i++) {
            load = i % 2 == 0 ? Load.COLD : Load.HOT;
            go(40);
        }
        assertThat(TimeUnit.NANOSECONDS.toMinutes(now)).isBetween(30L, 60L);
        assertThat(volume.chosen).hasSizeLessThanOrEqualTo(1 + 6);
        assertThat(reasons()).contains("moves.per.hour is 6");
    }

    @Test
    void endsATrialWhoseLoadEnds() throws Exception {
        load = Load.COLD;
        while (!volume.serving.equals(Optional.of("direct"))) {
            // A step that begins a trial goes through all of it.
            load = volume.chosen.size() == 1 && ticks >= Course.SEEN ? Load.IDLE : Load.COLD;
            if (ticks > 50) {
                break;
            }
            course.step();
        }
        load = Load.IDLE;
        go(20);
        assertThat(volume.serving).contains("buffered");
    }

    @Test
    void doesNothingWhileSomebodyHasChosenByHand() throws Exception {
        load = Load.COLD;
        go(3);
        volume.override = Optional.of("buffered");
        go(100);
        assertThat(volume.chosen).containsExactly("buffered");
        assertThat(reasons()).contains("was chosen by hand");
        volume.override = Optional.empty();
        go(100);
        assertThat(volume.serving).contains("direct");
    }

    @Test
    void saysWhyThereIsNothingToChoose() throws Exception {
        volume.directSuits = false;
        load = Load.COLD;
        go(100);
        assertThat(volume.chosen).containsExactly("buffered");
        assertThat(reasons())
                .contains("no strategy but buffered suits the target: direct: the file system is in memory");
    }

    @Test
    void aTrialThatIsRefusedIsNotRepeatedAtOnce() throws Exception {
        load = Load.COLD;
        go(3);
        volume.hindrance = strategy -> "the moon is full";
        go(100);
        assertThat(volume.chosen).containsExactly("buffered", "direct");
        assertThat(reasons()).contains("could not try direct: the moon is full");
    }

    @Test
    void beginsAnewWhenNobodyServes() throws Exception {
        go(3);
        volume.serving = Optional.empty();
        go(30);
        assertThat(volume.chosen).isEqualTo(List.of("buffered", "buffered"));
    }
}
