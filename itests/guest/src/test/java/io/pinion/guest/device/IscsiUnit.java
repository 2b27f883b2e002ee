package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A device by iSCSI: tgtd on the loopback interface, and the kernel's initiator, which iscsid logs in, and in again when a
 * connection breaks. There is one at a time.
 */
final class IscsiUnit implements AutoCloseable {
    private static final String TARGET = "iqn.2026-01.io.pinion:unit";
    private static final String PORTAL = "127.0.0.1:3260";
    private static final Path SETTINGS = Path.of("/etc/iscsi");
    private static final Path SESSIONS = Path.of("/sys/class/iscsi_session");

    private final Path folder = Files.createTempDirectory("iscsi");
    private final Server initiator;
    private final String[] unit;
    private Server server;

    /**
     * Serves a device, and logs in to it.
     *
     * @param replacementSeconds how long requests wait for a broken connection to be replaced ({@code replacement_timeout})
     * @param unit what it is, as tgtadm is told
     */
    IscsiUnit(int replacementSeconds, String... unit) throws Exception {
        this.unit = unit.clone();
        prepareSettings();
        Modules.load("iscsi_tcp");
        serve();
        initiator = new Server(folder.resolve("iscsid.log"), "iscsid", "--foreground");
        Await.until(
                () -> "iscsid answers; " + initiator.lastWords(),
                () -> Command.succeeds("iscsiadm", "--mode", "discovery", "--type", "sendtargets", "--portal", PORTAL));
        node("--op", "update", "--name", "node.session.timeo.replacement_timeout", "--value", "" + replacementSeconds);
        node("--login");
    }

    /** What iscsid keeps is below /etc, which is the host's, and not to be written. */
    private void prepareSettings() throws IOException, InterruptedException {
        Command.run("mount", "-t", "tmpfs", "iscsi", SETTINGS.toString());
        Files.write(SETTINGS.resolve("initiatorname.iscsi"), List.of("InitiatorName=iqn.2026-01.io.pinion:guest"));
        Files.write(SETTINGS.resolve("iscsid.conf"), List.of("node.startup = manual"));
    }

    private static void node(String... what) throws IOException, InterruptedException {
        Command.run(Stream.concat(
                        Stream.of("iscsiadm", "--mode", "node", "--targetname", TARGET, "--portal", PORTAL),
                        Stream.of(what))
                .toArray(String[]::new));
    }

    /** Starts the server, which {@link #kill} has ended. */
    void serve() throws Exception {
        server = new Server(folder.resolve("tgtd.log"), "tgtd", "--foreground", "--iscsi", "portal=" + PORTAL);
        Await.until(
                () -> "tgtd answers; " + server.lastWords(),
                () -> Command.succeeds("tgtadm", "--lld", "iscsi", "--mode", "sys", "--op", "show"));
        tgt("--mode", "target", "--op", "new", "--tid", "1", "--targetname", TARGET);
        tgt(Stream.concat(
                        Stream.of("--mode", "logicalunit", "--op", "new", "--tid", "1", "--lun", "1"), Stream.of(unit))
                .toArray(String[]::new));
        tgt("--mode", "target", "--op", "bind", "--tid", "1", "--initiator-address", "ALL");
    }

    /** Tells the server. */
    static void tgt(String... what) throws IOException, InterruptedException {
        Command.run(Stream.concat(Stream.of("tgtadm", "--lld", "iscsi"), Stream.of(what))
                .toArray(String[]::new));
    }

    /** {@return what is in the first folder of this name, of the device's in sysfs} */
    static Optional<Path> find(String folder) throws IOException {
        if (!Files.exists(SESSIONS)) {
            return Optional.empty();
        }
        for (Path session : list(SESSIONS)) {
            Optional<Path> found = Sysfs.child(session.resolve("device"), folder);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    /** Ends the server. */
    void kill() throws Exception {
        server.close();
    }

    @Override
    public void close() throws Exception {
        Command.succeeds("iscsiadm", "--mode", "node", "--targetname", TARGET, "--portal", PORTAL, "--logout");
        initiator.close();
        server.close();
        Command.run("umount", SETTINGS.toString());
    }
}
