package dev.sightline.stream.wire;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.worker.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small thing that the server asks of a worker; none waits for an answer but {@link Configure}. */
public sealed interface Command {

    /** The stream that it is for; empty for the worker itself. */
    String stream();

    /** Writes it. */
    Message message();

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Command read(Message message) {
        return switch (message.kind()) {
            case "clock" -> WireJson.read(message, Clock.class);
            case "configure" -> WireJson.read(message, Configure.class);
            case "session" -> WireJson.read(message, Session.class);
            case "remove" -> WireJson.read(message, Remove.class);
            case "watch" -> WireJson.read(message, Watch.class);
            case "ask" -> WireJson.read(message, Ask.class);
            case "input" -> WireJson.read(message, Input.class);
            case "publisher" -> WireJson.read(message, Publish.class);
            case "publisher-left" -> WireJson.read(message, Leave.class);
            case "picture" -> WireJson.read(message, Header.class).with(message.body());
            default -> throw new IllegalArgumentException("'" + message.kind() + "' is no command");
        };
    }

    /**
     * The first of all: the server's clock of capture times.
     *
     * @param epochOffset what it adds to {@link System#nanoTime}, which counts alike in all processes of a computer (on Linux it
     *     is CLOCK_MONOTONIC)
     */
    record Clock(long epochOffset) implements Command {
        @Override
        public String stream() {
            return "";
        }

        @Override
        public Message message() {
            return WireJson.message("clock", this);
        }
    }

    /**
     * Sets what a stream is; answered by {@link Answer}.
     *
     * @param id comes back with the answer
     * @param settings the keys of the stream
     * @param processors the user's files with processors, absolute
     * @param egress the section of that name: where a checked source may lead
     * @param folder the base of relative paths
     * @param after the last number that was used for its frames
     */
    record Configure(
            String stream,
            long id,
            Map<String, Object> settings,
            List<String> processors,
            Map<String, Object> egress,
            String folder,
            long after)
            implements Command {
        @Override
        public Message message() {
            return WireJson.message("configure", this);
        }
    }

    /**
     * Opens a sender's session of a mirror.
     *
     * @param stream the session's own name, which no stream has
     * @param mirror the mirror's
     * @param chosen the processors that the sender chose
     * @param after the last number that was used for its frames
     */
    record Session(String stream, String mirror, List<String> chosen, long after) implements Command {
        @Override
        public Message message() {
            return WireJson.message("session", this);
        }
    }

    /** Ends a stream, or a session. */
    record Remove(String stream) implements Command {
        @Override
        public Message message() {
            return WireJson.message("remove", this);
        }
    }

    /** Which renditions are watched from now on. */
    record Watch(String stream, List<String> renditions) implements Command {
        /** Those of a stream. */
        public static Watch of(String stream, List<Rendition> renditions) {
            return new Watch(stream, renditions.stream().map(RenditionText::of).toList());
        }

        /** The renditions. */
        public List<Rendition> watched() {
            return renditions.stream().map(RenditionText::read).toList();
        }

        @Override
        public Message message() {
            return WireJson.message("watch", this);
        }
    }

    /**
     * What a viewer of a rendition needs.
     *
     * @param keyframe a keyframe, rather than temporal layers
     */
    record Ask(String stream, String rendition, boolean keyframe) implements Command {
        /** That of a rendition's viewer. */
        public static Ask of(String stream, Rendition rendition, boolean keyframe) {
            return new Ask(stream, RenditionText.of(rendition), keyframe);
        }

        /** The rendition. */
        public Rendition asked() {
            return RenditionText.read(rendition);
        }

        @Override
        public Message message() {
            return WireJson.message("ask", this);
        }
    }

    /** What a viewer sends to the processors. */
    record Input(String stream, String name, long seq, Map<String, Object> values) implements Command {
        @Override
        public Message message() {
            return WireJson.message("input", this);
        }
    }

    /** A publisher comes, who chose these processors. */
    record Publish(String stream, List<String> chosen) implements Command {
        @Override
        public Message message() {
            return WireJson.message("publisher", this);
        }
    }

    /** The publisher leaves. */
    record Leave(String stream) implements Command {
        @Override
        public Message message() {
            return WireJson.message("publisher-left", this);
        }
    }

    /**
     * A publisher's frame.
     *
     * @param from the publisher's own id of it
     */
    record Picture(String stream, Codec codec, boolean keyframe, Optional<From> from, byte[] body) implements Command {
        @Override
        public Message message() {
            return WireJson.message("picture", new Header(stream, codec.codecName(), keyframe, from), body);
        }
    }

    /** A publisher's own id of its frame. */
    record From(long seq, double captureTime) {}

    /** A {@link Picture} without its bytes. */
    record Header(String stream, String codec, boolean keyframe, Optional<From> from) {
        Picture with(byte[] body) {
            return new Picture(stream, RenditionText.codec(codec), keyframe, from, body);
        }
    }
}
