package dev.sightline.bench;

import dev.sightline.bench.load.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the servers that are compared. Two of them may be one process, asked at different addresses.
 *
 * @param name for people
 * @param process where it runs
 * @param eventLoops how the names of its event loops' threads begin, as Linux keeps them
 * @param stream the address viewers ask for
 */
public record Server(String name, Child process, String eventLoops, URI stream) implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** One for all: each keeps its connections for its next request, and the server counts them. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** The same server, watched at another address. */
    public Server at(URI other) {
        return as(name, other);
    }

    /** The same under a name of its own. */
    public Server as(String otherName, URI other) {
        return new Server(otherName, process, eventLoops, other);
    }

    /** What Sightline tells of its stream. */
    public JsonNode status() {
        return told("/api/streams/bench");
    }

    /** What Sightline tells at an address of its own. */
    public JsonNode told(String path) {
        URI address = URI.create("http://" + stream.getAuthority() + path);
        try {
            HttpRequest request =
                    Credential.in(HttpRequest.newBuilder(address), address).build();
            return JSON.readTree(
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new BenchException("cannot read " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    /** Processor time used so far. */
    public ThreadTimes threadTimes() {
        return ThreadTimes.of(process.pid());
    }

    /** Whether both are the same process. */
    public boolean isOneWith(Server other) {
        return process == other.process;
    }

    /** Memory held at present, in megabytes. */
    public double residentMegabytes() {
        return ProcessFacts.residentMegabytes(process.pid());
    }

    /** Holds it still, so that it takes nothing from another that is measured. */
    public void pause() {
        process.signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        process.signal("CONT");
    }

    @Override
    public void close() {
        resume();
        process.close();
    }
}
