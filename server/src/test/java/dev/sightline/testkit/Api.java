package dev.sightline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server tells of itself over HTTP. Safe for use by any thread. */
public final class Api {
    private static final JsonMapper JSON = new JsonMapper();

    /** One for all: each has threads of its own, and many tests look again and again. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI server;

    /** That of the server at an address. */
    public Api(URI server) {
        this.server = server;
    }

    /** A document in JSON. */
    public JsonNode json(String path) {
        return JSON.readTree(send("GET", path, "", Map.of()).body());
    }

    /** How a stream is doing. */
    public JsonNode stream(String name) {
        return json("/api/streams/" + name);
    }

    /** Where its media come to, by UDP and TCP. */
    public int mediaPort() {
        return json("/api/webrtc").path("port").asInt();
    }

    /** The WebRTC sessions that have not ended, by their numbers. */
    public List<JsonNode> sessions() {
        return json("/api/webrtc").path("sessions").valueStream().toList();
    }

    /** A metric's value, by its name and, in braces, its labels as they are written. */
    public double metric(String name) {
        return send("GET", "/metrics", "", Map.of())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.valueOf(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    /** The WebRTC session that was begun last. */
    public Optional<JsonNode> latestSession() {
        return sessions().stream().reduce((one, other) -> other);
    }

    /** Any request. */
    public HttpResponse<String> send(String method, String path, String body, Map<String, String> fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        fields.forEach(request::header);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
