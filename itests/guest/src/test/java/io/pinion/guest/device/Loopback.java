package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The guest's network, which is itself. */
final class Loopback {
    private Loopback() {}

    /** {@return whether a server listens there} Found without a connection, of which some servers take but one. */
    static boolean isServed(int port) throws IOException {
        // Documentation/networking/proc_net_tcp.rst: local address, remote address, and 0A for LISTEN.
        String listening = String.format(":%04X 00000000:0000 0A ", port);
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream().anyMatch(line -> line.contains(listening));
    }
}
