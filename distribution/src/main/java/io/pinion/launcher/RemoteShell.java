package io.pinion.launcher;

import io.pinion.control.ControlClient;
import io.pinion.control.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** A plain prompt whose commands run in another process. */
final class RemoteShell {
    private final Path socket;
    private final String process;

    RemoteShell(Path socket, String process) {
        this.socket = socket;
        this.process = process;
    }

    int run() throws IOException {
        System.out.println(
                "pinion: process " + process + " runs here already; commands go to it, 'exit' leaves it running");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String directory = Path.of("").toAbsolutePath().toString();
        while (true) {
            System.out.print("pinion> ");
            System.out.flush();
            String line = lines.readLine();
            if (line == null || line.strip().equals("exit")) {
                return 0;
            }
            if (!line.isBlank()) {
                try (ControlClient client = ControlClient.connect(socket)) {
                    List<String> words = List.of(line.strip().split("\\s+"));
                    boolean interactive = Boolean.getBoolean("pinion.interactive");
                    client.run(new Request(directory, true, interactive, words), lines, System.out, System.err);
                }
            }
        }
    }
}
