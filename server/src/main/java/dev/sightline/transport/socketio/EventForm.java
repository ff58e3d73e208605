package dev.sightline.transport.socketio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.stream.PictureJson;
import dev.sightline.stream.SenderFrameId;
import dev.sightline.transport.socketio.engine.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Makes the packets of a stream's frames, once for each frame and all viewers: event loops at slightly different frames share
 * the latest packets. Safe for use by any thread.
 */
final class EventForm {
    private static final int KEPT = 4;

    private final String event;
    private final FramePayload payload;

    @GuardedBy("this")
    private final @Nullable Made[] made = new @Nullable Made[KEPT];

    @GuardedBy("this")
    private int last;

    EventForm(PictureEvent event) {
        this(event.event(), payload(event));
    }

    EventForm(String event, FramePayload payload) {
        this.event = event;
        this.payload = payload;
    }

    /** The rendition of its frames. */
    static Rendition rendition(PictureEvent event) {
        return Rendition.jpeg(Rendition.SOURCE_WIDTH, event.quality());
    }

    /** The payload of a frame that no program builds. */
    static FramePayload payload(PictureEvent event) {
        return switch (event.payload()) {
            case JPEG -> EncodedFrame::data;
            case DATA_URL -> frame -> FramePayload.dataUrl(frame, event.mediaType());
            case OBJECT -> EventForm::object;
        };
    }

    private static Object object(EncodedFrame frame) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("seq", frame.seq());
        members.put("captureTime", PictureJson.captureTime(frame));
        SenderFrameId.of(frame).ifPresent(from -> members.put("from", from));
        members.put("metadata", new RawValue(PictureJson.metadata(frame.metadata())));
        members.put("image", frame.data());
        return members;
    }

    /** The packet of a frame. */
    synchronized Wire of(EncodedFrame frame) {
        for (Made each : made) {
            if (each != null && each.frame == frame) {
                return each.wire;
            }
        }
        Wire wire = PacketEncoder.encode(
                new Packet(Packet.Type.EVENT, "/", OptionalLong.empty(), List.of(event, payload.of(frame))));
        last = (last + 1) % KEPT;
        made[last] = new Made(frame, wire);
        return wire;
    }

    private record Made(EncodedFrame frame, Wire wire) {}
}
