package io.pinion.advisor.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OutlookTest {
    private static final long MEMORY = 1L << 30;
    private static final long MANY_GIB = 100L << 30;

    /** Ticks of half a second. */
    private static List<Tick> ticks(int size, double perSecond, double concurrency, double missed) {
        double latency = concurrency / perSecond * 1e9;
        long operations = (long) (perSecond / 2);
        return Collections.nCopies(
                Course.SEEN,
                new Tick(
                        "s",
                        500_000_000,
                        operations,
                        operations * size,
                        0,
                        1,
                        OptionalDouble.of(latency),
                        0,
                        OptionalDouble.of(missed),
                        0));
    }

    private static Pattern pattern(int size, double writes, OptionalLong set, long span) {
        return new Pattern(1000, size, writes, 0, span, set);
    }

    private static Outlook past(int size, double perSecond, double concurrency, double missed, OptionalLong set) {
        return Outlook.pastTheCache(
                ticks(size, perSecond, concurrency, missed), pattern(size, 0, set, MANY_GIB), MEMORY);
    }

    @Test
    void leavesTheCacheForManyAtOnceThatItMisses() {
        Outlook outlook = past(4096, 20_000, 32, 0.97, OptionalLong.empty());
        assertThat(outlook.worthwhile()).isTrue();
        assertThat(outlook.why())
                .isEqualTo("the page cache misses 97 % of what is read, in requests of 4 KiB, 32.0 at once");
    }

    /** A tick in which no operation was seen says nothing of how many were under way. */
    @Test
    void countsWhatIsUnderWayInTheTicksThatTell() {
        Tick blind = new Tick(
                "s", 500_000_000, 10_000, 10_000 * 4096, 0, 1, OptionalDouble.empty(), 0, OptionalDouble.of(1), 0);
        List<Tick> ticks = new ArrayList<>(Collections.nCopies(5, blind));
        ticks.addAll(ticks(4096, 20_000, 8, 1).subList(0, 1));
        Pattern pattern = pattern(4096, 0, OptionalLong.empty(), MANY_GIB);
        assertThat(Outlook.pastTheCache(ticks, pattern, MEMORY).why()).endsWith("8.0 at once");
        assertThat(Outlook.pastTheCache(Collections.nCopies(6, blind), pattern, MEMORY)
                        .worthwhile())
                .isFalse();
    }

    @Test
    void leavesTheCacheForLargeRequestsThatItMisses() {
        assertThat(past(1 << 20, 500, 1, 1, OptionalLong.empty()).worthwhile()).isTrue();
    }

    @Test
    void staysForSmallRequestsOneAtATime() {
        Outlook outlook = past(4096, 8000, 1, 1, OptionalLong.empty());
        assertThat(outlook.worthwhile()).isFalse();
        assertThat(outlook.why()).contains("leave nothing to win");
    }

    @Test
    void staysForWhatIsCached() {
        Outlook outlook = past(4096, 500_000, 32, 0.02, OptionalLong.empty());
        assertThat(outlook.worthwhile()).isFalse();
        assertThat(outlook.why()).isEqualTo("the page cache has 98 % of what is read");
    }

    @Test
    void staysForWhatWillBeCachedSoon() {
        Outlook outlook = past(4096, 20_000, 32, 0.97, OptionalLong.of(512L << 20));
        assertThat(outlook.worthwhile()).isFalse();
        assertThat(outlook.why()).isEqualTo("the page cache will have the 512 MiB that are read within 7 s");
    }

    @Test
    void staysWhileThereIsLittleToSee() {
        assertThat(past(1 << 20, 10, 1, 1, OptionalLong.empty()).worthwhile()).isFalse();
    }

    @Test
    void staysWhenNobodyCanTellWhatIsMissed() {
        Tick blind =
                new Tick("s", 500_000_000, 10_000, 1 << 30, 0, 1, OptionalDouble.of(1e6), 0, OptionalDouble.empty(), 0);
        Outlook outlook = Outlook.pastTheCache(
                Collections.nCopies(6, blind), pattern(1 << 20, 0, OptionalLong.empty(), MANY_GIB), MEMORY);
        assertThat(outlook.worthwhile()).isFalse();
        assertThat(outlook.why()).contains("nobody can tell");
    }

    @Test
    void leavesTheCacheForWritesThatAreStalled() {
        Tick stalled = new Tick(
                "s", 500_000_000, 100, 0, 100 << 20, 1, OptionalDouble.of(5e6), 60_000_000, OptionalDouble.empty(), 0);
        Tick smooth = new Tick(
                "s", 500_000_000, 100, 0, 100 << 20, 1, OptionalDouble.of(5e6), 90_000, OptionalDouble.empty(), 0);
        Pattern writes = pattern(1 << 20, 1, OptionalLong.empty(), MANY_GIB);
        assertThat(Outlook.pastTheCache(Collections.nCopies(6, stalled), writes, MEMORY)
                        .worthwhile())
                .isTrue();
        assertThat(Outlook.pastTheCache(Collections.nCopies(6, smooth), writes, MEMORY)
                        .worthwhile())
                .isFalse();
    }

    @Test
    void returnsToTheCacheForWhatFitsIt() {
        List<Tick> ticks = ticks(4096, 20_000, 4, 0);
        Outlook fits = Outlook.backToTheCache(ticks, pattern(4096, 0, OptionalLong.of(64 << 20), MANY_GIB), MEMORY);
        assertThat(fits.worthwhile()).isTrue();
        Outlook large = Outlook.backToTheCache(ticks, pattern(4096, 0, OptionalLong.of(2 * MEMORY), MANY_GIB), MEMORY);
        assertThat(large.worthwhile()).isFalse();
        Outlook once = Outlook.backToTheCache(ticks, pattern(4096, 0, OptionalLong.empty(), MANY_GIB), MEMORY);
        assertThat(once.worthwhile()).isFalse();
    }
}
