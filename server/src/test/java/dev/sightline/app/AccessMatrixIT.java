package dev.sightline.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.access.Action;
import dev.sightline.http.Need;
import dev.sightline.http.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every role at every route, of a stream that is its own and of one that is not: what it may, the route table says; that it can do
 * that and nothing else, the server shows.
 */
class AccessMatrixIT {
    private static final String OWN = "door";
    private static final String OTHER = "garden";
    private static final String CONFIGURATION = """
            http: {port: 0}
            auth:
              tokens:
                watcher: {token: token-of-the-watcher, may: [watch door]}
                publisher: {token: token-of-the-publisher, may: [publish door]}
                controller: {token: token-of-the-controller, may: [control door]}
                admin: {token: token-of-the-administrator, may: [admin]}
            streams:
              door: {source: 'publish:'}
              garden: {source: 'publish:'}
            """;

    /** What each may do with its own stream; with the other one only the administrator may do anything. */
    private static final Map<String, Set<Action>> ROLES = new TreeMap<>(Map.of(
            "nobody", Set.of(),
            "shared", Set.of(Action.WATCH),
            "watcher", Set.of(Action.WATCH),
            "publisher", Set.of(Action.WATCH, Action.PUBLISH),
            "controller", Set.of(Action.WATCH, Action.CONTROL),
            "admin", Set.of(Action.values())));

    /** Pages that browsers get for names that do not exist, too, and which themselves look at what their reader may do. */
    private static final Map<String, Action> PAGES =
            Map.of("/live/{name}", Action.WATCH, "/studio/{name}", Action.CONTROL, "/publish/{name}", Action.PUBLISH);

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    @TempDir
    private static Path folder;

    private static LiveServer server;
    private static List<Routes.Row> rows;
    private static Map<String, String> credentials;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("sightline.data", folder.resolve("data").toString());
        server = LiveServer.start(folder, CONFIGURATION);
        rows = server.rows();
        credentials = new TreeMap<>(Map.of(
                "nobody", "",
                "watcher", "Authorization: Bearer token-of-the-watcher\r\n",
                "publisher", "Authorization: Bearer token-of-the-publisher\r\n",
                "controller", "Authorization: Bearer token-of-the-controller\r\n",
                "admin", "Authorization: Bearer token-of-the-administrator\r\n"));
        credentials.put("shared", byShareLink());
    }

    @AfterAll
    static void end() {
        server.close();
        System.clearProperty("sightline.data");
    }

    /** Somebody who came by a link to the own stream has a cookie. */
    private static String byShareLink() throws IOException {
        String made = send("POST", "/api/streams/door/shares", credentials.get("admin"), "{\"seconds\":600}");
        Matcher secret = Pattern.compile("/share#([\\w-]+)").matcher(made);
        assertThat(secret.find()).as(made).isTrue();
        String entered = send("POST", "/api/share", "", "{\"secret\":\"" + secret.group(1) + "\"}");
        Matcher cookie =
                Pattern.compile("Set-Cookie: ([^;]+);.*HttpOnly; SameSite=Lax").matcher(entered);
        assertThat(cookie.find()).as(entered).isTrue();
        return "Cookie: " + cookie.group(1) + "\r\n";
    }

    /** The table is written by hand, so that a route which lets in more people than it should is seen. */
    @Test
    void everyRoute_needsWhatTheTableSays() throws IOException {
        try (InputStream table = AccessMatrixIT.class.getResourceAsStream("needs-of-routes.txt")) {
            List<String> lines = new String(table.readAllBytes(), UTF_8).lines().toList();
            assertThat(rows.stream().map(AccessMatrixIT::line))
                    .as("the routes' needs: each new route has its line in needs-of-routes.txt")
                    .containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    private static String line(Routes.Row row) {
        return row.method() + " " + row.path() + ": "
                + row.need().map(AccessMatrixIT::word).orElse("nothing stated");
    }

    private static String word(Need need) {
        return need instanceof Need.OfStream of
                ? of.action().word() + " " + of.fixed().orElse("{" + of.parameter() + "}")
                : need.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Test
    void matrix_everyRoleAtEveryRoute_mayWhatItShould() throws IOException {
        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (Routes.Row row : rows) {
            for (String role : ROLES.keySet()) {
                for (String stream : List.of(OWN, OTHER)) {
                    String expected = expected(row, role, stream);
                    String seen = seen(row, role, stream);
                    cells++;
                    if (!seen.equals(expected)) {
                        wrong.add(row.method() + " " + row.path() + " as " + role + " at " + stream + ": " + seen
                                + " in place of " + expected);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cells).isEqualTo(rows.size() * ROLES.size() * 2);
    }

    @Test
    void unknownStream_looksLikeOneThatIsNotOurs() throws IOException {
        for (Routes.Row row : rows) {
            if (row.need().orElseThrow() instanceof Need.OfStream) {
                String other = answer(row, "controller", OTHER).replace(OTHER, "NAME");
                String absent = answer(row, "controller", "nowhere").replace("nowhere", "NAME");
                assertThat(withoutTime(other))
                        .as("%s %s", row.method(), row.path())
                        .isEqualTo(withoutTime(absent));
            }
        }
    }

    private static String withoutTime(String answer) {
        return answer.replaceAll("(?i)(date|content-length): .*", "");
    }

    /** What the route says, without asking the server. */
    private static String expected(Routes.Row row, String role, String stream) {
        Need need = row.need().orElseThrow();
        boolean nobody = role.equals("nobody");
        if (need instanceof Need.Nothing) {
            return "through";
        }
        if (nobody) {
            return "401";
        }
        if (role.equals("admin")) {
            return "through";
        }
        if (need instanceof Need.Admin) {
            return "403";
        }
        Optional<Action> action = need instanceof Need.OfStream of
                ? Optional.of(of.action())
                : Optional.ofNullable(PAGES.get(row.path()));
        if (action.isEmpty()) {
            return "through";
        }
        Set<Action> mine = stream.equals(OWN) ? ROLES.get(role) : Set.of();
        return mine.contains(action.get()) ? "through" : mine.contains(Action.WATCH) ? "403" : "404";
    }

    private static String seen(Routes.Row row, String role, String stream) throws IOException {
        String answer = answer(row, role, stream);
        String status = answer.substring(9, 12);
        boolean refused = status.equals("401")
                || status.equals("403") && answer.contains("this needs the right")
                || status.equals("404") && answer.contains("there is no stream '" + stream + "'");
        boolean login = status.equals("401") && answer.contains("WWW-Authenticate: Bearer");
        return !refused ? "through" : status.equals("401") && !login ? "a 401 of another kind" : status;
    }

    private static String answer(Routes.Row row, String role, String stream) throws IOException {
        if (role.equals("shared") && row.path().equals("/api/logout")) {
            return send(row.method(), row.path(), byShareLink(), body(row)); // it is logged in no more then
        }
        String path = row.path().replace("{name}", stream).replaceAll("\\{[^}]*}", "some");
        return send(row.method(), path, credentials.get(role), body(row));
    }

    /** Bodies with which nothing is changed: the request must not get further than to its judgement. */
    private static String body(Routes.Row row) {
        return row.method().matches("POST|PUT|PATCH") ? "{}" : "";
    }

    private static String send(String method, String path, String credentials, String body) throws IOException {
        boolean socket = method.equals("websocket");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Host", "127.0.0.1:" + server.address().getPort());
        if (socket) {
            fields.put("Connection", "Upgrade");
            fields.put("Upgrade", "websocket");
            fields.put("Sec-WebSocket-Version", "13");
            fields.put("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
        } else {
            fields.put("Connection", "close");
            fields.put("If-Match", "\"of no version\"");
        }
        if (!body.isEmpty()) {
            fields.put("Content-Type", "application/json");
            fields.put("Content-Length", Integer.toString(body.length()));
        }
        StringBuilder request = new StringBuilder((socket ? "GET" : method) + " " + path + " HTTP/1.1\r\n");
        fields.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append(credentials).append("\r\n").append(body);
        try (Socket connection = new Socket("127.0.0.1", server.address().getPort())) {
            connection.setSoTimeout(60_000);
            connection.getOutputStream().write(request.toString().getBytes(US_ASCII));
            return read(connection.getInputStream());
        }
    }

    /** The head, and the body if its length is known: others may last for ever. */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(US_ASCII).endsWith("\r\n\r\n")) {
                break;
            }
        }
        String text = head.toString(US_ASCII);
        Matcher length = LENGTH.matcher(text);
        int most = length.find() ? Math.min(10_000, Integer.parseInt(length.group(1))) : 0;
        return text + new String(in.readNBytes(most), US_ASCII);
    }
}
