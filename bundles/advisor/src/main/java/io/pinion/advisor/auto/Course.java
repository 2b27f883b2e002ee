package io.pinion.advisor.auto;

import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.choice.Candidacy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How the choice for one volume goes: it begins with the page cache, and leaves it only when a load promises to be served
 * better otherwise, a trial on live traffic has shown that, and for no longer than the load lasts. One thread goes through
 * it, tick by tick; what it says of itself any thread may read.
 */
final class Course {
    /** So many ticks make up what is thought of a load. */
    static final int SEEN = 6;
    /** So many ticks decide a trial. */
    static final int TRIAL = 10;
    /** So many ticks a strategy has to get going. */
    static final int START = 2;
    /** So many ticks the page cache has to fill. */
    static final int FILLING = 30;

    private static final double FILLED = 0.2;
    /** So many ticks lie between attempts to find somebody who serves, or to go back at first. */
    private static final int PAUSE = 10;
    /** So many ticks lie between attempts to go back at most: whom it is owed to may never be there again. */
    private static final int LONGEST_PAUSE = 1200;

    private final Candidacy volume;
    private final Samples samples;
    private final Ticks ticks;
    private final LongSupplier memory;
    private final Moves moves;
    private final Deque<Tick> recent = new ArrayDeque<>();
    private final Journal journal = new Journal();
    private Suitable suitable = Suitable.NONE;
    /** From the beginning of a trial until it is won, or nothing is left to be undone. */
    private Optional<Return> owed = Optional.empty();

    private String serving = "";
    private long samplesBefore;
    private int pause;

    /** Where ticks come from. */
    @FunctionalInterface
    interface Ticks {
        /** Waits for the time that a tick takes; {@return what happened in it} */
        Tick next() throws InterruptedException;
    }

    /**
     * The way back from a trial.
     *
     * @param to who served before
     * @param candidate who was tried
     * @param why in words
     * @param pause so many ticks lie before the next attempt, should this one fail
     */
    private record Return(String to, String candidate, String why, int pause) {
        Return(String to, String candidate, String why) {
            this(to, candidate, why, PAUSE);
        }

        Return later() {
            return new Return(to, candidate, why, Math.min(2 * pause, LONGEST_PAUSE));
        }
    }

    /** @param memory how many bytes the page cache could have */
    Course(Candidacy volume, Samples samples, Ticks ticks, LongSupplier memory, Moves moves) {
        this.volume = volume;
        this.samples = samples;
        this.ticks = ticks;
        this.memory = memory;
        this.moves = moves;
    }

    /** {@return sentences that say how it stands} */
    List<String> reasons() {
        return journal.sentences();
    }

    /** A step came to nothing. */
    void failed(String why) {
        settle("");
        journal.stands("it could not go on: " + why
                + owed.map(back -> "; it is to go back to " + back.to()).orElse(""));
    }

    /** Sees one tick, and does what follows from it, which may be a trial of many. */
    void step() throws InterruptedException, StorageException {
        Tick tick = ticks.next();
        Optional<String> override = volume.override();
        if (override.isPresent()) {
            pause = 0;
            settle("");
            journal.stands("strategy " + override.get() + " was chosen by hand; nothing is chosen until that ends");
            return;
        }
        if (tick.strategy().isEmpty()) {
            settle("");
            pause = Math.min(pause, PAUSE);
            if (pause-- <= 0) {
                begin();
                pause = PAUSE;
            }
            return;
        }
        owed = owed.filter(back -> back.candidate().equals(tick.strategy()));
        if (owed.isPresent()) {
            if (pause-- <= 0) {
                goBack(owed.get().later());
            }
            return;
        }
        pause = 0;
        if (!tick.strategy().equals(serving)) {
            suitable = Suitable.of(volume.strategies());
            settle(tick.strategy());
            return;
        }
        see(tick);
        if (recent.size() == SEEN) {
            consider();
        }
    }

    private void see(Tick tick) {
        recent.add(tick);
        if (recent.size() > SEEN) {
            samplesBefore = recent.remove().samples();
        }
    }

    /** Who serves has changed: what was seen before says nothing any more. */
    private void settle(String now) {
        serving = now;
        recent.clear();
        samplesBefore = samples.taken();
    }

    /** Nobody serves: begins with the page cache, or with whoever can. */
    private void begin() throws StorageException {
        suitable = Suitable.of(volume.strategies());
        for (String strategy : suitable.inOrder()) {
            SwapReport report = volume.choose(strategy, "to begin with");
            if (report.isServing()) {
                journal.moved(Instant.now(), "began with " + strategy);
                return;
            }
            journal.stands("strategy " + strategy + " does not serve: " + report.detail());
        }
        if (suitable.inOrder().isEmpty()) {
            journal.stands("no strategy suits the target: " + suitable.unsuitable());
        }
    }

    private void consider() throws InterruptedException, StorageException {
        Optional<String> other = suitable.besides(serving);
        if (other.isEmpty()) {
            journal.stands("no strategy but " + serving + " suits the target"
                    + (suitable.unsuitable().isEmpty() ? "" : ": " + suitable.unsuitable()));
            return;
        }
        if (isChanging()) {
            journal.stands("the load is changing");
            return;
        }
        Pattern pattern = seen();
        boolean cached = suitable.isCached(serving);
        List<Tick> seen = List.copyOf(recent);
        Outlook outlook = cached
                ? Outlook.pastTheCache(seen, pattern, memory.getAsLong())
                : Outlook.backToTheCache(seen, pattern, memory.getAsLong());
        if (!outlook.worthwhile()) {
            journal.stands(outlook.why());
            return;
        }
        String load = other.get() + " for " + pattern.signature();
        String refusal = moves.refusal(load);
        if (refusal.isEmpty()) {
            attempt(other.get(), load, outlook.why(), pattern, seen);
        } else {
            journal.stands(outlook.why() + ", but " + refusal);
        }
    }

    /** {@return what operations have in common that were seen since somebody else served, or as long as ticks are remembered} */
    private Pattern seen() {
        return Pattern.of(samples, samples.first(samplesBefore), samples.taken());
    }

    /** {@return whether what is remembered begins with another load than it ends with: it tells of neither} */
    private boolean isChanging() {
        long middle = samples.first(new ArrayList<>(recent).get(SEEN / 2 - 1).samples());
        Pattern early = Pattern.of(samples, samples.first(samplesBefore), middle);
        return !early.resembles(Pattern.of(samples, middle, samples.taken()));
    }

    private void attempt(String candidate, String load, String why, Pattern pattern, List<Tick> before)
            throws InterruptedException, StorageException {
        String from = serving;
        journal.stands("trying " + candidate + ": " + why);
        owed = Optional.of(new Return(from, candidate, "the trial came to no end"));
        SwapReport report = swap(candidate, "trial, " + why);
        if (!report.isServing()) {
            owed = Optional.empty();
            moves.lost(load);
            journal.moved(Instant.now(), "could not try " + candidate + ": " + report.detail());
            settle(from);
            return;
        }
        settle(candidate);
        Optional<List<Tick>> during = trial(candidate);
        if (during.isEmpty()) {
            // Somebody else swapped, or the load went away: nothing is proven, so nothing stays.
            goBack(new Return(from, candidate, "the load ended before the trial did"));
            return;
        }
        if (!pattern.resembles(seen())) {
            goBack(new Return(from, candidate, "the load changed before the trial ended"));
            return;
        }
        TrialResult result = TrialResult.of(before, during.get());
        if (result.better()) {
            owed = Optional.empty();
            moves.won(load);
            journal.moved(
                    Instant.now(), "chose " + candidate + " because " + why + "; a trial showed " + result.words());
        } else {
            moves.lost(load);
            goBack(new Return(from, candidate, "no clear win: " + result.words()));
        }
    }

    /** {@return the ticks of a trial; empty when there was nothing to try on, or another strategy serves} */
    private Optional<List<Tick>> trial(String candidate) throws InterruptedException {
        List<Tick> during = new ArrayList<>();
        int skipped = 0;
        while (during.size() < TRIAL) {
            Tick tick = ticks.next();
            if (!tick.strategy().equals(candidate) || tick.operations() == 0) {
                return Optional.empty();
            }
            boolean filling = suitable.isCached(candidate) && tick.missed().orElse(0) > FILLED && skipped < FILLING;
            if (during.isEmpty() && (skipped < START || filling)) {
                skipped++;
            } else {
                during.add(tick);
            }
        }
        return Optional.of(during);
    }

    /** What can't be done now is owed. */
    private void goBack(Return back) throws StorageException {
        owed = Optional.of(back);
        pause = back.pause();
        String tried = "tried " + back.candidate();
        journal.stands(tried + ": " + back.why() + "; it is to go back to " + back.to());
        if (volume.serving().equals(Optional.of(back.candidate()))
                && volume.override().isEmpty()) {
            SwapReport report = swap(back.to(), "trial ended, " + back.why());
            if (report.isServing()) {
                owed = Optional.empty();
                journal.moved(Instant.now(), tried + " and went back to " + back.to() + ": " + back.why());
            } else {
                journal.stands(tried + ": " + back.why() + "; but could not go back to " + back.to()
                        + ", which is tried again: " + report.detail());
            }
        }
        settle(volume.serving().orElse(""));
    }

    /** Has another strategy serve, which counts as a move when it was not there before. */
    private SwapReport swap(String to, String why) throws StorageException {
        SwapReport report = volume.choose(to, why);
        if (report.outcome() == Outcome.PUBLISHED) {
            moves.made();
        }
        return report;
    }
}
