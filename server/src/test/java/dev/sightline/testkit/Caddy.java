package dev.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Debian's Caddy with the configuration that the documents tell to use, over plain HTTP, in a process and a folder of its own. */
public final class Caddy implements AutoCloseable {
    private static final Path DOCUMENTED = Path.of("..", "docs", "proxy", "Caddyfile");

    private final Process process;
    private final int port;

    private Caddy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the one that CADDY names, else Debian's, before a server.
     *
     * @param folder for all that it writes
     * @param server the server's port
     */
    public static Caddy start(Path folder, int server) {
        try {
            int port = freePort();
            String site = Files.readString(DOCUMENTED);
            assertThat(site).contains("\ncam.example.org {", "reverse_proxy 127.0.0.1:8080 {");
            site = site.replace("\ncam.example.org {", "\nhttp://127.0.0.1:" + port + " {")
                    .replace("127.0.0.1:8080", "127.0.0.1:" + server);
            Path file = Files.writeString(folder.resolve("Caddyfile"), "{\n\tadmin off\n}\n" + site);
            String program = Optional.ofNullable(System.getenv("CADDY")).orElse("/usr/bin/caddy");
            ProcessBuilder builder = new ProcessBuilder(
                            program, "run", "--adapter", "caddyfile", "--config", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().put("XDG_DATA_HOME", folder.toString());
            builder.environment().put("XDG_CONFIG_HOME", folder.toString());
            Process process = builder.start();
            Await.until("Caddy is up", () -> !process.isAlive() || takes(port));
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("log")))
                    .isTrue();
            return new Caddy(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static boolean takes(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
