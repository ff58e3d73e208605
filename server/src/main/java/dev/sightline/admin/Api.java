package dev.sightline.admin;

import dev.sightline.frame.CaptureClock;
import dev.sightline.http.Need;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Described;
import dev.sightline.http.openapi.Operation;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamStatus;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The control API, in JSON. */
final class Api {
    /** Of what concerns the server as a whole. */
    static final String TAG = "server";

    private static final Map<String, Object> ADDRESSES =
            Map.of("type", "object", "additionalProperties", Map.of("type", "string"));

    private final StreamRegistry streams;
    private final Version version;

    Api(StreamRegistry streams, String version) {
        this.streams = streams;
        this.version = new Version("Sightline", version, System.getProperty("java.version"));
    }

    void addTo(Routes routes) {
        routes.get(
                "/api",
                Operation.of(TAG, "listAddresses", "the addresses for programs").answers(Content.json(ADDRESSES)),
                request -> fresh(Response.json(addresses(routes.described(), request.basePath()))));
        routes.get(
                "/api/streams",
                Operation.of(
                                "streams",
                                "listStreams",
                                "the streams that you may see, in the order of the configuration")
                        .answers(Content.listOf(StreamStatus.class)),
                request -> fresh(Response.json(streams.statuses(request.access()))));
        routes.get(
                "/api/time",
                Operation.of(TAG, "readTime", "the clock of capture times, in milliseconds since the Unix epoch")
                        .answers(Content.json(Time.class)),
                request -> fresh(Response.json(Time.present())));
        routes.get(
                "/api/version",
                Operation.of(TAG, "readVersion", "which program this is").answers(Content.json(Version.class)),
                request -> fresh(Response.json(version)));
        routes.needs("/api", Need.login())
                .needs("GET", "/api/streams", Need.login())
                .needs("/api/time", Need.login())
                .needs("/api/version", Need.login());
    }

    /** The same answer without caching, since it describes this moment. */
    static Response fresh(Response response) {
        return response.withHeader("Cache-Control", "no-store");
    }

    /** Those that are described, each once, and those of the transports. */
    private static Map<String, String> addresses(List<Described> described, String base) {
        Map<String, String> addresses = new LinkedHashMap<>();
        described.forEach(
                each -> addresses.putIfAbsent(each.path(), each.operation().summary()));
        addresses.put("/live/{name}", "the page of one stream");
        addresses.put("/publish/{name}", "the page that sends a camera to a publish: or mirror: stream");
        addresses.put(
                "/live/{name}/ws",
                "WebSocket; subprotocol sightline.v1 brings numbers, times and metadata; ?processed=false the frames before any step");
        addresses.put("/live/{name}/mjpeg", "multipart/x-mixed-replace; ?width= and ?quality= choose a rendition");
        addresses.put("/live/{name}/jpeg", "one picture");
        addresses.put("/live/{name}/whep", "WebRTC: POST an offer to watch");
        addresses.put("/live/{name}/whip", "WebRTC: POST an offer to send pictures to a publish: or mirror: stream");
        addresses.put("/live/{name}/metadata", "the metadata of each frame, as server-sent events");
        addresses.put("/live/{name}/input", "POST {name, seq, x, y, …} to the stream's processors that take it");
        addresses.put("/live/{name}/latency", "POST {uncertainty, total, …}: how old frames are on your screen");
        Map<String, String> seen = new LinkedHashMap<>();
        addresses.forEach((path, meaning) -> seen.put(base + path, meaning));
        return seen;
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
