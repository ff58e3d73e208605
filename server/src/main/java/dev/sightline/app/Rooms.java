package dev.sightline.app;

import dev.sightline.http.Routes;
import dev.sightline.stream.StreamRegistry;

/** Gathers the addresses of all transports and of the web UI. */
final class Rooms {
    private Rooms() {}

    static Routes routes(StreamRegistry registry) {
        Routes routes = new Routes();
        return routes;
    }
}
