package dev.sightline.transport.socketio;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.transport.socketio.engine.Wire;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the packets of a stream's pictures, one for each picture whoever watches: event loops that are not quite at the
 * same picture share what was made last. Safe for use by any thread.
 */
final class PictureForm {
    private static final int KEPT = 4;

    private final String event;
    private final FramePayload payload;
    private final @Nullable Made[] made = new @Nullable Made[KEPT];
    private int last;

    PictureForm(PictureEvent event) {
        this(event.event(), frame -> event.payload().of(frame, event.mediaType()));
    }

    PictureForm(String event, FramePayload payload) {
        this.event = event;
        this.payload = payload;
    }

    /** The packet of a picture. */
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
