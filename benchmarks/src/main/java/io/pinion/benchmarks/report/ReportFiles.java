package io.pinion.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report's files: report.md, report.json, and the pictures. */
public final class ReportFiles {
    private ReportFiles() {}

    /**
     * Writes them into the directory, which is made where it is missing.
     *
     * @return the table of goals
     */
    public static String write(Results results, Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, String> titles = new LinkedHashMap<>();
        for (Map.Entry<String, Pictures.Picture> entry :
                Pictures.of(results.outcome().workloads()).entrySet()) {
            titles.put(entry.getKey(), entry.getValue().title());
            Files.writeString(
                    directory.resolve(entry.getKey()), entry.getValue().svg());
        }
        Files.writeString(directory.resolve("report.json"), JsonReport.of(results));
        Files.writeString(directory.resolve("report.md"), Markdown.of(results, titles));
        return Markdown.goals(results);
    }
}
