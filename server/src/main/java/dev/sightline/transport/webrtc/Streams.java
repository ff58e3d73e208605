package dev.sightline.transport.webrtc;

import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.stream.StreamRegistry;

/** Finds out whether a stream is there for what somebody wants of it. */
record Streams(StreamRegistry registry) {

    /**
     * Refuses a name that cannot be watched.
     *
     * @throws ProblemException 404 with the nearest names, or 403 for a mirror
     */
    void checkWatched(String name) {
        registry.mirror(name).ifPresent(mirror -> {
            throw new ProblemException(Problem.of(403, mirror.unwatchable()));
        });
        if (registry.find(name).isEmpty()) {
            throw unknown(name);
        }
    }

    /**
     * Refuses a name that takes no pictures.
     *
     * @param watch whether the sender wants to be sent what becomes of its pictures
     * @throws ProblemException 404 with the nearest names, or 403
     */
    void checkPublished(String name, boolean watch) {
        if (registry.mirror(name).isPresent()) {
            if (!watch) {
                throw new ProblemException(Problem.of(
                        403,
                        "stream '" + name + "' answers each sender alone: send to /live/" + name
                                + "/whip?watch with an offer that is sendrecv"));
            }
        } else if (!registry.find(name).orElseThrow(() -> unknown(name)).isPublishable()) {
            throw new ProblemException(Problem.of(403, "stream '" + name + "' takes no pictures from senders"));
        }
    }

    private ProblemException unknown(String name) {
        return new ProblemException(Problem.unknown("stream", name, registry.nearest(name)));
    }
}
