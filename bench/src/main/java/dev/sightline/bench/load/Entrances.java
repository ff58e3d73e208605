package dev.sightline.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/** The ways in to the stream {@code bench} that can be shut again. Safe for use by any thread. */
final class Entrances {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> IN_JSON = Map.of("Content-Type", "application/json");
    private static final String USER = "guest";
    private static final String PASSWORD = "a password that nobody guesses";

    private final Administrator administrator;
    private final URI socket;
    private final URI multipart;
    private final AtomicLong numbers = new AtomicLong();

    /** Of a server, whose administrator makes a user first. */
    Entrances(URI server, Administrator administrator) throws IOException {
        this.administrator = administrator;
        this.socket = URI.create("ws://" + server.getAuthority() + "/live/bench/ws");
        this.multipart = URI.create("http://" + server.getAuthority() + "/live/bench/mjpeg");
        administrator.addUser(USER, PASSWORD);
    }

    /**
     * Where somebody may watch.
     *
     * @param address with what lets it in
     * @param shut takes that back, after which its connection must end
     */
    record Entrance(URI address, Shutting shut) {}

    /** Takes back what let somebody in. */
    @FunctionalInterface
    interface Shutting {
        void shut() throws IOException;
    }

    /** Opens a way in. */
    @FunctionalInterface
    interface Opening {
        Entrance open() throws IOException;
    }

    /** A user who logs in with a password, and out. */
    Entrance login() throws IOException {
        String cookie = logIn(USER);
        return new Entrance(
                Credential.in(socket, cookie),
                () -> administrator.send("POST", "/api/logout", "", Map.of("Cookie", cookie)));
    }

    /** A user who is added, logs in, and is removed. */
    Entrance user() throws IOException {
        String name = "user-" + numbers.incrementAndGet();
        administrator.addUser(name, PASSWORD);
        return new Entrance(Credential.in(multipart, logIn(name)), () -> administrator.delete("/api/users/" + name));
    }

    /** A token for a program. */
    Entrance token() throws IOException {
        String name = "token-" + numbers.incrementAndGet();
        String token = administrator
                .post("/api/tokens", Map.of("name", name, "may", Administrator.RIGHTS))
                .path("token")
                .asString();
        return new Entrance(Credential.in(socket, token), () -> administrator.delete("/api/tokens/" + name));
    }

    /** A share link. */
    Entrance share() throws IOException {
        var made = administrator.post("/api/streams/bench/shares", Map.of("seconds", 60));
        String path = made.path("path").asString();
        String secret = path.substring(path.indexOf('#') + 1);
        String cookie = cookie("/api/share", Map.of("secret", secret));
        return new Entrance(
                Credential.in(multipart, cookie),
                () -> administrator.delete(
                        "/api/streams/bench/shares/" + made.path("id").asString()));
    }

    private String logIn(String name) throws IOException {
        return cookie("/api/login", Map.of("user", name, "password", PASSWORD));
    }

    private String cookie(String path, Map<String, Object> body) throws IOException {
        HttpResponse<String> answer = administrator.send("POST", path, JSON.writeValueAsString(body), IN_JSON);
        String field = answer.headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() -> new IOException(path + " brought no cookie"));
        return field.substring(0, field.indexOf(';'));
    }
}
