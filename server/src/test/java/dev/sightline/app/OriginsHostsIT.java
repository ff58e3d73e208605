package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every address of the server, asked for by pages of every kind of origin, under every kind of name of the server. */
class OriginsHostsIT {
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

    @TempDir
    private static Path folder;

    private static LiveServer server;
    private static InetSocketAddress address;

    @BeforeAll
    static void start() throws IOException {
        server = LiveServer.start(folder, """
                http: {port: 0, allowed-hosts: [cam.example.org]}
                streams:
                  cam: {source: 'pattern:64x48@10'}
                  me: {source: 'publish:'}
                """);
        address = new InetSocketAddress("127.0.0.1", server.address().getPort());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Names in the Host field, and whether they are the server's. */
    private static Map<String, Boolean> hosts() {
        String port = ":" + address.getPort();
        Map<String, Boolean> hosts = new LinkedHashMap<>();
        hosts.put("cam.example.org" + port, true);
        hosts.put("127.0.0.1" + port, true);
        hosts.put("rebound.example.net" + port, false);
        hosts.put("evil-cam.example.org" + port, false);
        hosts.put("", true); // HTTP/1.0 without one, as no browser speaks it
        return hosts;
    }

    /** Origins of pages that ask under a name, and whether they are the server's own; null for none. */
    private static Map<String, Boolean> origins(String host) {
        String name = host.isEmpty() ? "cam.example.org" : host.replaceFirst(":\\d+$", "");
        int port = address.getPort();
        Map<String, Boolean> origins = new LinkedHashMap<>();
        origins.put("http://" + name + ":" + port, !host.isEmpty());
        origins.put("null", false);
        origins.put("http://other.example.net:" + port, false);
        origins.put("http://sub." + name + ":" + port, false);
        origins.put("http://" + name + ":" + (port + 1), false);
        origins.put("http://" + name, false);
        origins.put("http://" + name + ".evil.net:" + port, false);
        origins.put("http://evil.net:" + port + "/" + name, false);
        origins.put("", true);
        return origins;
    }

    @Test
    void everyAddress_isServedToOwnPagesUnderOwnNamesOnly() throws IOException {
        List<String> addresses = server.routes();
        assertThat(addresses)
                .as("the routes are all of them")
                .contains(
                        "websocket /live/{name}/ws",
                        "websocket /socket.io",
                        "GET /socket.io",
                        "POST /socket.io",
                        "POST /live/{name}/whep",
                        "POST /live/{name}/whip",
                        "GET /live/{name}/mjpeg",
                        "GET /live/{name}/jpeg",
                        "GET /live/{name}/metadata",
                        "PATCH /api/streams/{name}",
                        "GET /metrics");
        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (String route : addresses) {
            for (Map.Entry<String, Boolean> host : hosts().entrySet()) {
                for (Map.Entry<String, Boolean> origin : origins(host.getKey()).entrySet()) {
                    String cell = route + " of " + origin.getKey() + " at " + host.getKey();
                    int status = status(route, host.getKey(), origin.getKey());
                    if (!fits(route, host.getKey(), status, expected(route, host.getValue(), origin.getValue()))) {
                        wrong.add(cell + ": " + status);
                    }
                    cells++;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cells).isEqualTo(addresses.size() * 45);
    }

    /** 403 comes before 421: who may not ask at all is not told names. 0 stands for neither. */
    private static int expected(String route, boolean named, boolean own) {
        boolean shared = List.of(
                        "GET /live/{name}",
                        "GET /live/{name}/mjpeg",
                        "GET /live/{name}/jpeg",
                        "GET /assets/{resource...}")
                .contains(route);
        if (!own && !shared) {
            return 403;
        }
        return named ? 0 : 421;
    }

    /** Who is admitted may still be asked to log in, or be told that changes are for this computer. */
    private static boolean fits(String route, String host, int status, int expected) {
        boolean changes = route.matches("(?!GET|websocket)\\S+ /api/.*") && !host.startsWith("127.");
        return expected == 0 ? status != 421 && (status != 403 || changes) : status == expected;
    }

    /** With a body that no route takes: nothing is changed by what is admitted. */
    private static int status(String route, String host, String origin) throws IOException {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("{name}", "nobody")
                .replaceAll("\\{[^}]*}", "x");
        boolean webSocket = method.equals("websocket");
        StringBuilder request = new StringBuilder();
        request.append(webSocket ? "GET" : method).append(' ').append(path);
        request.append(host.isEmpty() ? " HTTP/1.0\r\n" : " HTTP/1.1\r\nHost: " + host + "\r\n");
        request.append(origin.isEmpty() ? "" : "Origin: " + origin + "\r\n");
        request.append(webSocket ? UPGRADE : "Connection: close\r\n");
        request.append(method.equals("GET") || webSocket ? "" : "Content-Type: text/plain\r\nContent-Length: 0\r\n");
        try (RawClient client = new RawClient(address)) {
            String head = client.send(request.append("\r\n").toString()).readHead();
            return Integer.parseInt(head.substring(9, 12));
        }
    }
}
