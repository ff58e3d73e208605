package dev.sightline.http;

import dev.sightline.access.Action;
import java.util.Map;
import java.util.Optional;

/** What somebody must be allowed to do in order to use a route. */
public sealed interface Need {

    /** Nothing: everybody may, who reaches the port. Nothing that is somebody's stands behind such a route. */
    static Need nothing() {
        return new Nothing();
    }

    /** A login of any kind; the handler shows to each client what is its own. */
    static Need login() {
        return new Login();
    }

    /** To watch the stream that the path's {@code {parameter}} names. */
    static Need watch(String parameter) {
        return new OfStream(Action.WATCH, parameter, Optional.empty());
    }

    /** To send frames to the stream that the path's {@code {parameter}} names. */
    static Need publish(String parameter) {
        return new OfStream(Action.PUBLISH, parameter, Optional.empty());
    }

    /** To change the stream that the path's {@code {parameter}} names. */
    static Need control(String parameter) {
        return new OfStream(Action.CONTROL, parameter, Optional.empty());
    }

    /** To watch the stream of this name. */
    static Need watchOf(String stream) {
        return new OfStream(Action.WATCH, "", Optional.of(stream));
    }

    /** To do everything; also where a route states no need. */
    static Need admin() {
        return new Admin();
    }

    /** Nothing. */
    record Nothing() implements Need {}

    /** Any login. */
    record Login() implements Need {}

    /** All rights. */
    record Admin() implements Need {}

    /**
     * A right on one stream.
     *
     * @param action what is to be allowed
     * @param parameter which segment of the path names the stream
     * @param fixed the stream's name where the path does not have it
     */
    record OfStream(Action action, String parameter, Optional<String> fixed) implements Need {
        /** The stream that a request is about. */
        String stream(Map<String, String> parameters) {
            return fixed.orElseGet(() -> parameters.getOrDefault(parameter, ""));
        }
    }
}
