package io.pinion.benchmarks.advisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.advisor.Verdict;
import io.pinion.benchmarks.advisor.FioJob.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What fio's rounds come to, and whether the advisor agrees. */
class FioRankingTest {
    private static final Path FILE = Path.of("file");

    private final FioRanking ranking = FioRanking.empty();

    /** A round in which the direct way has such figures, the buffered one 1000 requests a second at 10 µs each. */
    private void round(double rate, double processor, double others) {
        ranking.add(Way.BUFFERED, new FioJob(1000, 10_000), 1);
        ranking.add(Way.DIRECT, new FioJob(rate, processor), others);
    }

    private Standing standing() {
        return ranking.places().get(Way.DIRECT).standing();
    }

    private Agreement agreement(Verdict verdict) {
        return Agreement.of(verdict, ranking.places());
    }

    @Test
    void aWayIsFasterOnlyBeyondTheSpread() {
        round(1100, 10_000, 1);
        round(1200, 10_000, 1);
        assertEquals(Standing.FASTER, standing());
        round(1040, 10_000, 1);
        assertEquals(Standing.EVEN, standing());
        round(900, 10_000, 1);
        assertEquals(Standing.UNTOLD, standing());
    }

    @Test
    void aWayThatIsSlowerGetsNoCreditForItsProcessorTime() {
        round(900, 1_000, 2);
        assertEquals(Standing.SLOWER, standing());
        assertEquals(Agreement.DISAGREES, agreement(Verdict.DIRECT));
        assertEquals(Agreement.AGREES, agreement(Verdict.STAY_BUFFERED));
    }

    @Test
    void aWayThatIsAsFastMayBeCheaperOrGentler() {
        round(1000, 7_000, 1);
        round(980, 7_900, 1);
        assertEquals(Standing.CHEAPER, standing());
        round(1000, 8_100, 1.2);
        assertEquals(Standing.EVEN, standing());
        FioRanking gentle = FioRanking.empty();
        gentle.add(Way.BUFFERED, new FioJob(1000, 10_000), 0.5);
        gentle.add(Way.DIRECT, new FioJob(1000, 10_000), 0.9);
        assertEquals(Standing.GENTLER, gentle.places().get(Way.DIRECT).standing());
    }

    @Test
    void whoMovesNeedsFioToSayThatItWins() {
        round(2000, 10_000, 1);
        assertEquals(Agreement.AGREES, agreement(Verdict.DIRECT));
        assertEquals(Agreement.DISAGREES, agreement(Verdict.STAY_BUFFERED));
        assertEquals(Agreement.UNTOLD, agreement(Verdict.INCONCLUSIVE));
        assertEquals(Agreement.UNTOLD, agreement(Verdict.UNCACHED), "fio has no such way here");
        round(800, 10_000, 1);
        assertEquals(Agreement.UNTOLD, agreement(Verdict.DIRECT), "rounds contradict each other");
        assertEquals(Agreement.AGREES, agreement(Verdict.STAY_BUFFERED), "the burden of proof is direct's");
    }

    @Test
    void aWayThatIsMissingHasNoPlace() {
        round(2000, 10_000, 1);
        ranking.lacks(Way.DIRECT, "EINVAL");
        assertTrue(ranking.places().isEmpty());
        assertEquals(Map.of(Way.DIRECT, "EINVAL"), ranking.missing());
    }

    @Test
    void jobsAreToldApart() throws IOException {
        String json =
                "fio: a warning\n{ \"jobs\" : [ { \"jobname\" : \"load\", \"job options\" : { \"iodepth\" : \"8\" },"
                        + " \"read\" : { \"iops\" : 2000.5 }, \"write\" : { \"iops\" : 0.0 }, \"usr_cpu\" : 1.5, \"sys_cpu\" : 2.5 },"
                        + " { \"jobname\" : \"other\", \"read\" : { \"iops\" : 400000.0 }, \"usr_cpu\" : 40.0, \"sys_cpu\" : 60.0 } ] }";
        Map<String, FioJob> jobs = FioJob.parse(json);
        assertEquals(2000.5, jobs.get(FioJob.LOAD).rate());
        assertEquals(0.04e9 / 2000.5, jobs.get(FioJob.LOAD).processor(), 1e-6);
        assertEquals(2500, jobs.get(FioJob.OTHER).processor(), 1e-6);
        assertThrows(IOException.class, () -> FioJob.parse(json.replace("2000.5", "0.0")));
    }

    @Test
    void fioDoesWhatTheRigSays() {
        for (Rig rig : Rigs.all()) {
            List<String> direct = FioJob.command(rig, Way.DIRECT, FILE, 1, true);
            assertTrue(direct.containsAll(List.of("--direct=1", "--bs=" + rig.block(), "--iodepth=" + rig.depth())));
            List<String> buffered = FioJob.command(rig, Way.BUFFERED, FILE, 1, false);
            assertTrue(buffered.contains("--direct=0"));
            assertTrue(direct.contains("--iomem=mmaphuge"));
            assertFalse(buffered.contains("--iomem=mmaphuge"));
            assertEquals(rig.scarce(), buffered.contains("--invalidate=1"), rig.name());
            List<String> beside = FioJob.beside(rig, Way.DIRECT, FILE, FILE, 1, true);
            assertEquals(direct, beside.subList(0, direct.size()));
            assertFalse(direct.contains("--name=" + FioJob.OTHER));
            assertTrue(beside.contains("--name=" + FioJob.OTHER));
            assertFalse(direct.contains("--uncached=1"));
        }
    }
}
