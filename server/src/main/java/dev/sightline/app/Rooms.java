package dev.sightline.app;

import dev.sightline.admin.Admin;
import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.mjpeg.MjpegTransport;
import dev.sightline.transport.socketio.SocketIoTransport;
import dev.sightline.transport.websocket.WebSocketTransport;

/** Gathers the addresses of all transports and of the web UI. */
final class Rooms {
    private Rooms() {}

    static Routes routes(StreamRegistry registry, SocketIoTransport socketIo) {
        Routes routes = new Routes();
        Metrics metrics = new Metrics();
        new MjpegTransport(registry).addTo(routes);
        new WebSocketTransport(registry).addTo(routes);
        socketIo.addTo(routes);
        socketIo.addTo(metrics);
        Admin.addTo(routes, registry, metrics, Version.TEXT);
        return routes;
    }
}
