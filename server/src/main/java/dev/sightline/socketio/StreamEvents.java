package dev.sightline.socketio;

import dev.sightline.processor.Parameter;

/**
 * The Socket.IO events of one stream.
 *
 * @param out each frame, to all viewers
 * @param in frames from senders, for {@code publish:} and {@code mirror:}
 * @param reply each result, only to its sender, for {@code mirror:}
 */
public record StreamEvents(
        @Parameter("The event that every viewer gets for each picture.")
        PictureEvent out,

        @Parameter("The event by which a page sends pictures to publish: and mirror: streams.")
        SendEvent in,

        @Parameter("The event by which a mirror: stream answers its sender; the keys are those of out.")
        PictureEvent reply) {
    /** The defaults: {@code frame} for all three, with the JPEG as its argument. */
    public static final StreamEvents DEFAULTS =
            new StreamEvents(PictureEvent.DEFAULTS, new SendEvent("frame"), PictureEvent.DEFAULTS);

    /** The same events with another one to viewers. */
    public StreamEvents withOut(PictureEvent event) {
        return new StreamEvents(event, in, reply);
    }

    /** The same events with another name for those from senders. */
    public StreamEvents withIn(String event) {
        return new StreamEvents(out, new SendEvent(event), reply);
    }

    /** The same events with another one back to senders. */
    public StreamEvents withReply(PictureEvent event) {
        return new StreamEvents(out, in, event);
    }

    /**
     * An event from clients.
     *
     * @param event its name
     */
    public record SendEvent(
            @Parameter(value = "The event's name.", byDefault = "frame")
            String event) {
        /** Throws IllegalArgumentException if the name is empty or reserved. */
        public SendEvent {
            PictureEvent.checkName(event);
        }
    }
}
