package dev.sightline.bench.fanout;

import dev.sightline.bench.BenchException;
import dev.sightline.bench.Child;
import dev.sightline.bench.ProcessFacts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the two servers that are compared.
 *
 * @param name for people
 * @param process where it runs
 * @param eventLoops how the names of its event loops' threads begin, as Linux keeps them
 * @param stream the address viewers ask for
 */
record Server(String name, Child process, String eventLoops, URI stream) implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** The same server, watched at another address. */
    Server at(URI other) {
        return new Server(name, process, eventLoops, other);
    }

    /** What Sightline tells of its stream. */
    JsonNode status() {
        URI address = URI.create("http://" + stream.getAuthority() + "/api/streams/bench");
        try {
            return JSON.readTree(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new BenchException("cannot read " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    /** Processor time used so far. */
    double cpuSeconds() {
        return ProcessFacts.cpuSeconds(process.pid());
    }

    /** Of it, what the event loops used. */
    double eventLoopSeconds() {
        return ProcessFacts.cpuSeconds(process.pid(), eventLoops);
    }

    double residentMegabytes() {
        return ProcessFacts.residentMegabytes(process.pid());
    }

    /** Holds it still, so that it takes nothing from another that is measured. */
    void pause() {
        process.signal("STOP");
    }

    void resume() {
        process.signal("CONT");
    }

    @Override
    public void close() {
        resume();
        process.close();
    }
}
