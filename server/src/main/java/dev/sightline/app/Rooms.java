package dev.sightline.app;

import dev.sightline.admin.Admin;
import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.mjpeg.MjpegTransport;
import dev.sightline.transport.websocket.WebSocketTransport;

/** Gathers the addresses of all transports and of the web UI. */
final class Rooms {
    private Rooms() {}

    static Routes routes(StreamRegistry registry) {
        Routes routes = new Routes();
        new MjpegTransport(registry).addTo(routes);
        new WebSocketTransport(registry).addTo(routes);
        Admin.addTo(routes, registry, new Metrics(), Version.TEXT);
        return routes;
    }
}
