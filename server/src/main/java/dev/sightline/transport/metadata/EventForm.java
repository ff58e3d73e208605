package dev.sightline.transport.metadata;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.stream.PictureJson;
import dev.sightline.stream.StateJson;
import dev.sightline.stream.status.StreamStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The blocks of an event stream, each in a buffer that the caller owns. */
final class EventForm {
    private EventForm() {}

    /** The first block: how long a page waits before it reconnects. */
    static ByteBuf beginning() {
        return text("retry: 2000\n\n");
    }

    /** A frame, in an event without a name. */
    static ByteBuf picture(EncodedFrame frame) {
        // JSON without line breaks fits one line of data.
        String json = new String(PictureJson.identity(frame), StandardCharsets.US_ASCII);
        return text("id: " + frame.seq() + "\ndata: " + json + "\n\n");
    }

    /** The stream's state, in an event named {@code state}. */
    static ByteBuf state(StreamStatus status) {
        return text("event: state\ndata: " + StateJson.of(status) + "\n\n");
    }

    /** Why the reader is disconnected, in an event named {@code disconnected}: the last. */
    static ByteBuf disconnected(String why) {
        return text(
                "event: disconnected\ndata: " + JsonMapper.shared().writeValueAsString(Map.of("reason", why)) + "\n\n");
    }

    /** A comment, which shows that the connection is alive. */
    static ByteBuf comment() {
        return text(":\n\n");
    }

    private static ByteBuf text(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
