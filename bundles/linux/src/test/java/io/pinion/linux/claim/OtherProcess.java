package io.pinion.linux.claim;

import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another JVM that claims a target, says how it went, and holds the claim until it is closed. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final String answer;

    OtherProcess(Path target, Access access) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherProcess.class.getName(),
                        target.toString(),
                        access.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        answer = String.valueOf(out.readLine());
    }

    /** {@return {@code CLAIMED}, or the kind of the failure} */
    String answer() {
        return answer;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** Runs in the other JVM. */
    public static void main(String[] args) throws IOException {
        LinuxTargetGuard guard = new LinuxTargetGuard(new LibC());
        try (Claim claim = guard.claim(Target.of(Path.of(args[0])), ClaimRequest.of(Access.valueOf(args[1])))) {
            System.out.println("CLAIMED");
            while (System.in.read() >= 0 && claim.access() != null) {
                // Until the test closes our standard input.
            }
        } catch (StorageException e) {
            System.out.println(e.kind());
        }
    }
}
