package io.pinion.advisor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pinion.advisor.Advice;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class FioJsonTest {
    private static final Load READS = Advices.load(4096, 1 << 20);

    @Test
    void eachSizeAndWayIsAJob() {
        Advice advice = Advices.direct("/srv/data", READS);
        JsonObject all = json(advice);
        assertThat(all.getAsJsonArray("jobs")).hasSize(2 * Way.values().length);
        assertThat(all.get("fio version").getAsString()).startsWith("not fio");
        assertThat(all.get("timestamp").getAsLong())
                .isEqualTo(advice.at().plus(advice.took()).getEpochSecond());
        assertThat(all.get("time").getAsString()).isEqualTo("Fri Nov 27 03:40:10 2026");
        assertThat(all.getAsJsonObject("pinion").get("verdict").getAsString()).isEqualTo("DIRECT");
        JsonObject last = all.getAsJsonArray("jobs").get(13).getAsJsonObject();
        assertThat(last.get("jobname").getAsString()).isEqualTo("direct-queued-ordinary-1m");
        assertThat(last.get("groupid").getAsInt()).isEqualTo(13);
    }

    @Test
    void totalsAndRatesAreThoseOfAllRounds() {
        Sample first = new Sample(0, 1000, 4_096_000, 500_000_000, 1, 70_000, 90_000, 95_000, 0, 0, 0);
        Sample second = new Sample(1, 3000, 12_288_000, 500_000_000, 1, 70_000, 90_000, 95_000, 0, 0, 0);
        JsonObject job = job(READS, measured(List.of(first, second), new Interval(71_000, 1, 2)));
        JsonObject read = job.getAsJsonObject("read");
        assertThat(read.get("io_bytes").getAsLong()).isEqualTo(16_384_000);
        assertThat(read.get("io_kbytes").getAsLong()).isEqualTo(16_000);
        assertThat(read.get("bw_bytes").getAsLong()).isEqualTo(16_384_000);
        assertThat(read.get("bw").getAsLong()).isEqualTo(16_000);
        assertThat(read.get("iops").getAsDouble()).isCloseTo(4000, within(1e-6));
        assertThat(read.get("total_ios").getAsLong()).isEqualTo(4000);
        assertThat(read.get("runtime").getAsLong()).isEqualTo(1000);
        assertThat(job.get("job_runtime").getAsLong()).isEqualTo(1000);
        assertThat(read.get("iops_min").getAsLong()).isEqualTo(2000);
        assertThat(read.get("iops_max").getAsLong()).isEqualTo(6000);
        assertThat(read.get("bw_mean").getAsDouble()).isCloseTo(16_000, within(1e-6));
        assertThat(read.get("bw_samples").getAsLong()).isEqualTo(2);
        JsonObject percentiles = read.getAsJsonObject("clat_ns").getAsJsonObject("percentile");
        assertThat(percentiles.get("50.000000").getAsLong()).isEqualTo(71_000);
        assertThat(job.getAsJsonObject("pinion").getAsJsonArray("rounds")).hasSize(2);
        assertThat(job.getAsJsonObject("pinion").has("damage"))
                .as("no hot reader")
                .isFalse();
    }

    @Test
    void whatWasNotMeasuredIsNotThere() {
        Interval none = new Interval(Double.NaN, Double.NaN, Double.NaN);
        JsonObject job = job(READS, measured(List.of(), none));
        JsonObject read = job.getAsJsonObject("read");
        assertThat(job.keySet()).doesNotContain("write", "usr_cpu", "sys_cpu", "lat_ns");
        assertThat(read.getAsJsonObject("clat_ns").getAsJsonObject("percentile").size())
                .isZero();
        assertThat(read.has("iops_min")).isFalse();
        assertThat(read.get("iops").getAsDouble()).isZero();
        assertThat(json(Advices.nothing()).getAsJsonArray("jobs")).isEmpty();
    }

    @Test
    void mixOfReadsAndWritesIsTheWayFioReportsBothAsOne() {
        Load mix = new Load(List.of(4096), 30, false, 8, 1 << 20);
        JsonObject job = job(mix, measured(List.of(), new Interval(1, 1, 1)));
        assertThat(job.keySet()).contains("mixed").doesNotContain("read", "write");
        JsonObject shared = json(Advices.direct("/scratch", mix)).getAsJsonObject("global options");
        assertThat(shared.get("rwmixread").getAsString()).isEqualTo("70");
        assertThat(shared.get("unified_rw_reporting").getAsString()).isEqualTo("1");
        Load writes = new Load(List.of(4096), 100, true, 8, 1 << 20);
        assertThat(job(writes, measured(List.of(), new Interval(1, 1, 1))).keySet())
                .contains("write")
                .doesNotContain("read", "mixed");
    }

    @Test
    void namesMayHaveAnyCharacter() {
        String name = "/srv/\"<a>&\\\u0007 ü";
        JsonObject all = json(Advices.direct(name, READS));
        assertThat(all.getAsJsonObject("pinion").get("measured").getAsString()).isEqualTo(name);
    }

    private static Measured measured(List<Sample> samples, Interval figure) {
        return new Measured(
                4096,
                Way.DIRECT_QUEUED,
                "O_DIRECT",
                figure,
                figure,
                figure,
                figure,
                figure,
                figure,
                figure,
                figure,
                samples);
    }

    private static JsonObject job(Load load, Measured measured) {
        Advice advice = Advices.with(Advices.direct("/srv/data", load), List.of(measured), List.of());
        return json(advice).getAsJsonArray("jobs").get(0).getAsJsonObject();
    }

    private static JsonObject json(Advice advice) {
        return JsonParser.parseString(FioJson.of(advice)).getAsJsonObject();
    }
}
