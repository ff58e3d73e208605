package dev.sightline.admin;

import dev.sightline.http.Problem;
import dev.sightline.stream.StreamRegistry;

/** What is answered for a name that no stream has. */
final class UnknownStream {
    private UnknownStream() {}

    static Problem problem(String name, StreamRegistry streams) {
        return Problem.unknown("stream", name, streams.nearest(name));
    }
}
