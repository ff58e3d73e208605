package dev.sightline.admin;

import dev.sightline.frame.CaptureClock;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamStatus;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The control API, in JSON. */
final class Api {
    private final StreamRegistry streams;
    private final Version version;

    Api(StreamRegistry streams, String version) {
        this.streams = streams;
        this.version = new Version("Sightline", version, System.getProperty("java.version"));
    }

    void addTo(Routes routes) {
        routes.get("/api", request -> fresh(Response.json(addresses())));
        routes.get("/api/streams", request -> fresh(Response.json(streams.statuses())));
        routes.get("/api/streams/{name}", request -> fresh(Response.json(status(request))));
        routes.get("/api/time", request -> fresh(Response.json(Time.present())));
        routes.get("/api/version", request -> fresh(Response.json(version)));
    }

    /** The same answer without caching, since it describes this moment. */
    static Response fresh(Response response) {
        return response.withHeader("Cache-Control", "no-store");
    }

    private StreamStatus status(Request request) throws RefusedException {
        return streams.find(request.parameter("name")).status();
    }

    private static Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("/api/streams", "all streams, in the order of the configuration");
        addresses.put("/api/streams/{name}", "one stream");
        addresses.put("/api/time", "the clock of capture times, in milliseconds since the Unix epoch");
        addresses.put("/api/version", "which program this is");
        addresses.put("/live/{name}", "the page of one stream");
        addresses.put("/publish/{name}", "the page that sends a camera to a publish: or mirror: stream");
        addresses.put("/live/{name}/ws", "WebSocket; subprotocol sightline.v1 brings numbers, times and metadata");
        addresses.put("/live/{name}/mjpeg", "multipart/x-mixed-replace; ?width= and ?quality= choose a rendition");
        addresses.put("/live/{name}/jpeg", "one picture");
        addresses.put("/live/{name}/whep", "WebRTC: POST an offer to watch");
        addresses.put("/live/{name}/whip", "WebRTC: POST an offer to send pictures to a publish: or mirror: stream");
        addresses.put("/live/{name}/metadata", "the metadata of each frame, as server-sent events");
        addresses.put("/api/webrtc", "the WebRTC sessions, with the reason of each one's state");
        addresses.put("/health", "whether the server is up");
        addresses.put("/metrics", "figures for Prometheus");
        return addresses;
    }

    /**
     * Identifies the program.
     *
     * @param name always Sightline
     * @param version of this build
     * @param java of the machine it runs on
     */
    record Version(String name, String version, String java) {}

    /**
     * The current time of the clock for capture times.
     *
     * @param now milliseconds since the Unix epoch, to the microsecond
     */
    record Time(BigDecimal now) {
        static Time present() {
            return new Time(
                    BigDecimal.valueOf(Math.floorDiv(CaptureClock.system().nanos(), 1_000L), 3));
        }
    }
}
