package dev.sightline.app;

import dev.sightline.app.configuration.Written;
import dev.sightline.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;

/** Checks without a server whether it could listen. */
final class Listening {
    private Listening() {}

    /** Adds a problem if the host is not an address of this computer. */
    static void refuseForeignHost(HttpSettings settings, Written written) {
        String host = settings.host();
        try {
            trial(InetAddress.getByName(host), 0);
        } catch (UnknownHostException e) {
            written.problems()
                    .add(
                            written.place("http", "host"),
                            "the host '" + host
                                    + "' is unknown: give an address of this computer, 127.0.0.1, or 0.0.0.0"
                                    + " for all of them");
        } catch (IOException e) {
            written.problems()
                    .add(
                            written.place("http", "host"),
                            host + " is not an address of this computer: use 127.0.0.1, or 0.0.0.0 for all of them");
        }
    }

    /** A message if the port is in use now. */
    static Optional<String> taken(HttpSettings settings) {
        try {
            trial(InetAddress.getByName(settings.host()), settings.port());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("At present port " + settings.port() + " on " + settings.host()
                    + " cannot be had: another program has it (a running Sightline, perhaps)");
        }
    }

    private static void trial(InetAddress address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        }
    }
}
