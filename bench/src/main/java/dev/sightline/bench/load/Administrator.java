package dev.sightline.bench.load;

import dev.sightline.testkit.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who may do everything, and does so by the API. Safe for use by any thread. */
final class Administrator {
    private static final JsonMapper JSON = new JsonMapper();

    /** Those of users and tokens. */
    static final List<String> RIGHTS = List.of("watch bench");

    private final Api api;
    private final Map<String, String> fields;

    /** Of a server, by the token in its address. */
    Administrator(URI server) {
        this.api = new Api(server);
        this.fields = Map.of("Authorization", "Bearer " + server.getUserInfo(), "Content-Type", "application/json");
    }

    /** What stands at an address. */
    JsonNode get(String path) throws IOException {
        return JSON.readTree(send("GET", path, "").body());
    }

    /** Sends an object, and gives the answer's. */
    JsonNode post(String path, Map<String, Object> body) throws IOException {
        return JSON.readTree(send("POST", path, JSON.writeValueAsString(body)).body());
    }

    /** Adds a user who may watch the stream {@code bench}. */
    void addUser(String name, String password) throws IOException {
        post("/api/users", Map.of("name", name, "password", password, "may", RIGHTS));
    }

    /** The same of something else that is replaced. */
    void put(String path, Object body) throws IOException {
        send("PUT", path, JSON.writeValueAsString(body));
    }

    /** Takes something away. */
    void delete(String path) throws IOException {
        send("DELETE", path, "");
    }

    /** A request of somebody else, who has what the fields say. */
    HttpResponse<String> send(String method, String path, String body, Map<String, String> others) throws IOException {
        try {
            HttpResponse<String> answer = api.send(method, path, body, others);
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        return send(method, path, body, fields);
    }
}
