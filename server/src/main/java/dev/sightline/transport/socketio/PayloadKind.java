package dev.sightline.transport.socketio;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.stream.PictureJson;
import dev.sightline.stream.SenderFrameId;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.util.RawValue;

/** What an event's argument is. */
public enum PayloadKind {
    /** The JPEG, binary. */
    JPEG {
        @Override
        Object of(EncodedFrame frame, String mediaType) {
            return frame.data();
        }
    },
    /** Text that can be an image's {@code src}. */
    DATA_URL {
        @Override
        Object of(EncodedFrame frame, String mediaType) {
            return FramePayload.dataUrl(frame, mediaType);
        }
    },
    /** {@code {seq, captureTime, from?, metadata, image}}, the image binary. */
    OBJECT {
        @Override
        Object of(EncodedFrame frame, String mediaType) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("seq", frame.seq());
            members.put("captureTime", PictureJson.captureTime(frame));
            SenderFrameId.of(frame).ifPresent(from -> members.put("from", from));
            members.put("metadata", new RawValue(PictureJson.metadata(frame.metadata())));
            members.put("image", frame.data());
            return members;
        }
    };

    abstract Object of(EncodedFrame frame, String mediaType);
}
