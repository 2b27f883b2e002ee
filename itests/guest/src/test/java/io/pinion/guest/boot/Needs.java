package io.pinion.guest.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the host must have for a guest, and where it is. Found once; the kernel may have to be downloaded. */
final class Needs {
    static final Path SCRIPTS = Path.of(System.getProperty("pinion.guest.scripts", "src/guest"));

    /** As Debian 12 has it, and as later ones do. */
    private static final List<Path> VIRTIOFSD =
            List.of(Path.of("/usr/lib/qemu/virtiofsd"), Path.of("/usr/libexec/virtiofsd"));

    private static final List<String> PROGRAMS =
            List.of("qemu-system-x86_64", "apt-get", "dpkg-deb", "modprobe", "depmod", "ip");

    /** Some 40 MB, through whatever network there is. */
    private static final int DOWNLOAD_SECONDS = 300;

    private static final Needs FOUND = new Needs();

    private final List<String> missing = new ArrayList<>();
    private Path kernel = Path.of("");

    private Needs() {
        if (!System.getProperty("os.arch").equals("amd64")) {
            missing.add("an x86-64 machine");
        }
        if (!System.getProperty("user.name").equals("root")) {
            missing.add("root");
        }
        PROGRAMS.stream().filter(program -> !isThere(program)).forEach(missing::add);
        if (VIRTIOFSD.stream().noneMatch(Files::isExecutable)) {
            missing.add("virtiofsd");
        }
        if (missing.isEmpty()) {
            findKernel();
        }
    }

    /** {@return what there is no guest for want of; empty when there can be one} */
    static Optional<String> missing() {
        return FOUND.missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", FOUND.missing));
    }

    /** {@return the folder with the kernel and its modules} */
    static Path kernel() {
        return FOUND.kernel;
    }

    static Path virtiofsd() {
        return VIRTIOFSD.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"), "/usr/sbin:/sbin".split(":"))
                .flatMap(Stream::of)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void findKernel() {
        try {
            Path said = Files.createTempFile("pinion-guest-kernel", ".log");
            Process script = new ProcessBuilder(SCRIPTS.resolve("kernel").toString())
                    .redirectOutput(said.toFile())
                    .redirectErrorStream(true)
                    .start();
            boolean ended = script.waitFor(DOWNLOAD_SECONDS, TimeUnit.SECONDS);
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
            String output = Files.readString(said).strip();
            Files.delete(said);
            if (ended && script.exitValue() == 0) {
                kernel = Path.of(output.substring(output.lastIndexOf('\n') + 1));
            } else {
                missing.add("a kernel for the guest: "
                        + (ended ? "" : "no download within " + DOWNLOAD_SECONDS + " s; ") + output);
            }
        } catch (IOException e) {
            missing.add("a kernel for the guest: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missing.add("a kernel for the guest: interrupted");
        }
    }
}
