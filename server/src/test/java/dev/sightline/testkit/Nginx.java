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
import java.util.function.UnaryOperator;

/** Debian's nginx with the configuration that the documents tell to use, in a process and a folder of its own. */
public final class Nginx implements AutoCloseable {
    private static final Path DOCUMENTED = Path.of("..", "docs", "proxy", "nginx.conf");
    private static final Path PROGRAM =
            Path.of(Optional.ofNullable(System.getenv("NGINX")).orElse("/usr/sbin/nginx"));

    private final Process process;
    private final int http;
    private final int https;

    private Nginx(Process process, int http, int https) {
        this.process = process;
        this.http = http;
        this.https = https;
    }

    /**
     * Starts it before a server.
     *
     * @param folder for all that it writes
     * @param server the server's port
     * @param certificate for HTTPS, a file with its key in {@code key}
     * @param change what is changed in the documented configuration besides ports and files
     */
    public static Nginx start(Path folder, int server, Path certificate, Path key, UnaryOperator<String> change) {
        try {
            int http = freePort();
            int https = freePort();
            String site = change.apply(Files.readString(DOCUMENTED));
            site = with(site, "listen 443 ", "listen 127.0.0.1:" + http + "; listen 127.0.0.1:" + https + " ");
            site = with(site, "server 127.0.0.1:8080;", "server 127.0.0.1:" + server + ";");
            site = with(site, "/etc/ssl/certs/cam.example.org.pem", certificate.toString());
            site = with(site, "/etc/ssl/private/cam.example.org.key", key.toString());
            Files.writeString(folder.resolve("site.conf"), site);
            Files.writeString(folder.resolve("nginx.conf"), main(folder));
            Process process = new ProcessBuilder(
                            PROGRAM.toString(), "-e", "stderr", "-p", folder + "/", "-c", folder + "/nginx.conf")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Nginx started = new Nginx(process, http, https);
            Await.until("nginx is up", () -> !process.isAlive() || takes(http));
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("log")))
                    .isTrue();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it speaks plain HTTP. */
    public int http() {
        return http;
    }

    /** Where it speaks HTTPS. */
    public int https() {
        return https;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** As Debian's own, but in one process, with everything in the folder. */
    private static String main(Path folder) {
        StringBuilder temporary = new StringBuilder();
        for (String kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            temporary.append(kind + "_temp_path " + folder.resolve(kind) + ";\n");
        }
        return "daemon off;\nmaster_process off;\npid " + folder.resolve("pid")
                + ";\nevents {}\nhttp {\naccess_log off;\n" + temporary + "include " + folder.resolve("site.conf")
                + ";\n}\n";
    }

    private static String with(String text, String before, String after) {
        assertThat(text).contains(before);
        return text.replace(before, after);
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
