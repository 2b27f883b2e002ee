package io.pinion.advisor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pinion.advisor.Advice;
import io.pinion.advisor.Load;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FioJobTest {
    private static final int SPAN = 4 << 20;

    @TempDir
    private Path directory;

    @Test
    void sectionsRunOneAfterTheOther() {
        String job = FioJob.of(Advices.direct("/srv/data", Advices.load(4096, 1 << 20)));
        assertThat(job).contains("\n[global]\nfilename=/srv/data\nsize=1073741824\nrw=randread\nallow_file_create=0\n");
        assertThat(job)
                .contains("\n[direct-queued-1m]\nstonewall\nioengine=io_uring\niodepth=32\ndirect=1\nbs=1048576\n");
        assertThat(job).contains("\n[buffered-cold-4k]\n", "\n[buffered-warm-4k]\n", "\n[direct-synchronous-4k]\n");
        assertThat(job).contains("    fio --readonly ");
    }

    @Test
    void whatFioCannotDoIsACommentWithTheReason() {
        String job = FioJob.of(Advices.direct("/srv/data", Advices.load(4096)));
        assertThat(job)
                .contains("\n# buffered uncached: needs fio 3.40 and Linux 6.14")
                .contains("\n# uncached=1\n");
        assertThat(job.lines().filter(line -> line.startsWith("[") && line.contains("ordinary")))
                .isEmpty();
        assertThat(job).contains("\n# [direct-queued-ordinary-4k]\n# stonewall\n");
    }

    @Test
    void oneAtATimeNeedsNoQueue() {
        Load load = new Load(List.of(512), 0, true, 1, 0);
        String job = FioJob.of(
                Advices.of("/srv/data", load, List.of(Way.BUFFERED_COLD, Way.BUFFERED_UNCACHED), Verdict.UNCACHED));
        assertThat(job).contains("rw=read\n", "ioengine=psync\n", "# ioengine=pvsync2\n", "[buffered-cold-512]");
        assertThat(job).doesNotContain("iodepth").doesNotContain("size=");
    }

    @Test
    void aNameThatAJobFileCannotHaveIsAComment() {
        for (String name : List.of("/srv/a#b", "/srv/a;b", "/srv/${HOME}", "/srv/a ", "/srv/a\n[x]\nrw=write")) {
            String job = FioJob.of(Advices.direct(name, Advices.load(4096)));
            assertThat(job.lines().filter(line -> line.startsWith("filename")))
                    .as(name)
                    .isEmpty();
            assertThat(job).contains("# A job file can't have a name with").doesNotContain("\n[x]");
        }
    }

    @Test
    void aLoadThatWritesHasAFileOfItsOwn() {
        Load load = new Load(List.of(4096), 30, false, 4, 0);
        String job = FioJob.of(Advices.direct("/srv/data", load));
        assertThat(job).contains("\nfilename=/srv/data.fio\n", "\nrw=randrw\nrwmixread=70\n", "# Say how large");
        assertThat(job).doesNotContain("--readonly").doesNotContain("allow_file_create");
    }

    @Test
    void fioRunsItAndItsOutputHasTheFormOfOurs() throws Exception {
        Path file = file("a b:\"c\"\\d.img");
        byte[] before = Files.readAllBytes(file);
        Load load = new Load(List.of(4096, 65536), 0, false, 4, SPAN);
        Advice advice = Advices.direct(file.toString(), load);
        JsonObject theirs = fio(advice, "--readonly");
        assertThat(theirs.getAsJsonArray("jobs")).hasSize(2 * 4);
        isOfTheSameForm(advice, theirs, "read");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(directory)) {
            assertThat(files.filter(one -> !one.equals(file) && !one.toString().endsWith(".job")))
                    .as("what else fio has made")
                    .isEmpty();
        }
    }

    @Test
    void fioRunsWritesOnAFileOfItsOwn() throws Exception {
        Path file = file("data.img");
        byte[] before = Files.readAllBytes(file);
        Load load = new Load(List.of(4096), 30, true, 4, SPAN);
        Advice advice = Advices.direct(file.toString(), load);
        isOfTheSameForm(advice, fio(advice), "mixed");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(directory.resolve("data.img.fio")).hasSize(SPAN);
    }

    private static void isOfTheSameForm(Advice advice, JsonObject theirs, String reported) {
        JsonObject ours = JsonParser.parseString(FioJson.of(advice)).getAsJsonObject();
        assertThat(theirs.getAsJsonObject("global options").asMap().keySet())
                .isEqualTo(ours.getAsJsonObject("global options").keySet());
        for (JsonElement element : theirs.getAsJsonArray("jobs")) {
            JsonObject their = element.getAsJsonObject();
            assertThat(their.get("error").getAsInt()).isZero();
            assertThat(their.getAsJsonObject(reported).get("iops").getAsDouble())
                    .isPositive();
            JsonObject our = ours.getAsJsonArray("jobs").asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(job -> job.get("jobname").equals(their.get("jobname")))
                    .findFirst()
                    .orElseThrow();
            our.remove("pinion");
            isPartOf(our, their, our.get("jobname").getAsString());
            assertThat(our.get("job options")).isEqualTo(withoutFlags(their.getAsJsonObject("job options")));
        }
    }

    private static JsonObject withoutFlags(JsonObject options) {
        options.remove("stonewall");
        return options;
    }

    /** Every field of ours is one of fio's, of the same type. */
    private static void isPartOf(JsonObject ours, JsonObject theirs, String where) {
        ours.asMap().forEach((name, value) -> {
            String path = where + "/" + name;
            assertThat(theirs.has(name)).as(path).isTrue();
            JsonElement their = theirs.get(name);
            if (value.isJsonObject()) {
                isPartOf(value.getAsJsonObject(), their.getAsJsonObject(), path);
            } else {
                assertThat(their.getAsJsonPrimitive().isNumber())
                        .as(path)
                        .isEqualTo(value.getAsJsonPrimitive().isNumber());
            }
        });
    }

    private Path file(String name) throws IOException {
        byte[] bytes = new byte[SPAN];
        new Random(1).nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }

    private JsonObject fio(Advice advice, String... options) throws Exception {
        assumeTrue(run(List.of("fio", "--version")).equals("0"), "fio is not installed");
        String probe = run(List.of(
                "fio",
                "--name=probe",
                "--filename=" + directory.resolve("probe"),
                "--size=4k",
                "--ioengine=io_uring",
                "--rw=write",
                "--direct=1",
                "--unlink=1"));
        assumeTrue(probe.equals("0"), "fio has no io_uring, or the file system no O_DIRECT, here: " + probe);
        Path job = Files.writeString(directory.resolve("check.job"), FioJob.of(advice));
        Path output = directory.resolve("output.job");
        List<String> command = new ArrayList<>(List.of("fio", "--output-format=json", "--output=" + output));
        command.addAll(List.of(options));
        command.add(job.toString());
        assertThat(run(command)).isEqualTo("0");
        return JsonParser.parseString(Files.readString(output)).getAsJsonObject();
    }

    /** {@return its status, with what it said where that is not 0} */
    private String run(List<String> command) throws InterruptedException, IOException {
        Path said = Files.createTempFile(directory, "said", ".job");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            return e.getMessage();
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "still runs after 60 s";
        }
        return process.exitValue() == 0 ? "0" : process.exitValue() + ": " + Files.readString(said);
    }
}
