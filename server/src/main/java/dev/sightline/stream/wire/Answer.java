package dev.sightline.stream.wire;

import dev.sightline.worker.Message;
import java.util.Optional;

/** What a worker says of a stream besides its frames and its status. */
public sealed interface Answer {

    /** The stream that it is about. */
    String stream();

    /** Writes it. */
    Message message();

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Answer read(Message message) {
        return switch (message.kind()) {
            case "configured" -> WireJson.read(message, Configured.class);
            case "keyframe-wanted" -> WireJson.read(message, KeyframeWanted.class);
            case "session-refused" -> WireJson.read(message, SessionRefused.class);
            default -> throw new IllegalArgumentException("'" + message.kind() + "' is no answer");
        };
    }

    /**
     * A stream is configured, or cannot be.
     *
     * @param id that of the command
     * @param problem why it cannot be, for people; nothing has changed then
     */
    record Configured(String stream, long id, Optional<String> problem) implements Answer {
        @Override
        public Message message() {
            return WireJson.message("configured", this);
        }
    }

    /** A mirror has no place for a session: too many have ended and work on still. */
    record SessionRefused(String stream) implements Answer {
        @Override
        public Message message() {
            return WireJson.message("session-refused", this);
        }
    }

    /** The publisher's video needs a keyframe. */
    record KeyframeWanted(String stream) implements Answer {
        @Override
        public Message message() {
            return WireJson.message("keyframe-wanted", this);
        }
    }
}
