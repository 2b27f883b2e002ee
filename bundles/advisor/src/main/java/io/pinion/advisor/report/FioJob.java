package io.pinion.advisor.report;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Measured;
import java.util.Map;
import java.util.Optional;

/** The job file for fio(1) by which the advice can be checked: a section for each size and way, one after the other. */
public final class FioJob {
    private final Advice advice;
    private final boolean writes;
    private final StringBuilder out = new StringBuilder();

    private FioJob(Advice advice) {
        this.advice = advice;
        this.writes = advice.load().writePercent() > 0;
    }

    /**
     * {@return the text of the file} What fio can't do, or only a newer one, is there as a comment, with the reason. A load of
     * reads writes nothing; one that writes has a file of its own.
     */
    public static String of(Advice advice) {
        FioJob job = new FioJob(advice);
        job.head();
        advice.figures().forEach(job::section);
        return job.out.toString();
    }

    private void head() {
        comment("What Pinion's advisor measured on " + advice.measured() + ", for fio to check. Run it with");
        comment("    fio " + (writes ? "" : "--readonly ") + "--output-format=json --output=checked.json THIS_FILE");
        comment("The advisor had " + advice.rounds() + " rounds in random order, this has one: run it several times.");
        if (advice.load().depth() > 1) {
            comment("Buffered queues are io_uring's here; Pinion's are a few threads.");
        }
        if (advice.figures().stream().anyMatch(Figures::hasOthers)) {
            comment("Nobody reads beside it: the damage to others is not in it.");
        }
        if (writes) {
            comment("fio makes the file, and leaves it there.");
        } else if (!advice.measured().equals(advice.target())) {
            comment("If that was the advisor's scratch file, it is gone: make one of that name first.");
        }
        out.append("\n[global]\n");
        if (writes && advice.load().span() == 0) {
            comment("Say how large the file is to be: size=");
        }
        FioOptions.shared(advice).forEach((key, value) -> {
            if (!key.equals("filename")) {
                option("", key, value);
                return;
            }
            Optional<String> hindrance = hindrance();
            hindrance.ifPresent(this::comment);
            option(hindrance.isPresent() ? "# " : "", key, value);
        });
    }

    /** What keeps the file's name out of a job file (fio's parse.c: comments begin anywhere). */
    private Optional<String> hindrance() {
        String file = FioOptions.file(advice);
        boolean plain = file.chars().noneMatch(c -> c < ' ' || c == ';' || c == '#')
                && !file.contains("${")
                && file.equals(file.strip());
        return plain
                ? Optional.empty()
                : Optional.of(
                        "A job file can't have a name with # ; ${ or a space at its end: name a link to the file here.");
    }

    private void section(Measured measured) {
        Optional<String> obstacle = FioOptions.obstacle(measured.way());
        String prefix = obstacle.isPresent() ? "# " : "";
        out.append('\n');
        obstacle.ifPresent(why -> comment(measured.way().title() + ": " + why));
        out.append(prefix).append('[').append(FioOptions.name(measured)).append("]\n");
        out.append(prefix).append("stonewall\n");
        for (Map.Entry<String, String> entry :
                FioOptions.of(advice.load(), measured).entrySet()) {
            option(prefix, entry.getKey(), entry.getValue());
        }
    }

    private void option(String prefix, String key, String value) {
        out.append(prefix).append(key).append('=').append(oneLine(value)).append('\n');
    }

    private void comment(String text) {
        out.append("# ").append(oneLine(text)).append('\n');
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R|\\p{Cntrl}", "?");
    }
}
