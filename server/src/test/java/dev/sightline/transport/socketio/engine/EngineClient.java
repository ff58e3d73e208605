package dev.sightline.transport.socketio.engine;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks Engine.IO by hand, request by request: what it says is up to the test. */
public final class EngineClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String host;
    private final String path;

    /**
     * For one server.
     *
     * @param path of Engine.IO there, with a slash at its end
     */
    public EngineClient(InetSocketAddress server, String path) {
        this.host = "127.0.0.1:" + server.getPort();
        this.path = path;
    }

    /** Opens a session over long-polling; its query. */
    public String session() throws Exception {
        String query = "?EIO=4&transport=polling";
        return query + "&sid=" + json(get(query).body().substring(1)).get("sid").asString();
    }

    /** Opens a session over a WebSocket. */
    public RawSocket socket() {
        return socket("?EIO=4&transport=websocket");
    }

    RawSocket socket(String query) {
        return new RawSocket(ws(query));
    }

    /** Asks for what there is to hear, and waits for it. */
    public HttpResponse<String> get(String query) throws Exception {
        return HTTP.send(request(query).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> poll(String query) {
        return send(request(query));
    }

    /** Says something. */
    public HttpResponse<String> post(String query, String body) throws Exception {
        return HTTP.send(request(query).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    int status(String query) {
        return poll(query).join().statusCode();
    }

    int postStatus(String query) {
        return send(request(query).POST(BodyPublishers.ofString("6"))).join().statusCode();
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create("http://" + host + path + query))
                .version(HttpClient.Version.HTTP_1_1);
    }

    URI ws(String query) {
        return URI.create("ws://" + host + path + query);
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
