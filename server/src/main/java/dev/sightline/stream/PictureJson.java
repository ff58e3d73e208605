package dev.sightline.stream;

import dev.sightline.codec.RtpTime;
import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a frame's identity and metadata as JSON, the same on every wire; in ASCII, so that it fits a header field too. */
public final class PictureJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private PictureJson() {}

    /**
     * {@code {seq, captureTime, width, height, codec, keyframe, rtpTimestamp, from?, times?, metadata}}, which precedes the
     * frame itself; {@code rtpTimestamp} is the frame's RTP timestamp, {@code from} is the publisher's id of the frame, {@code
     * {seq, captureTime}}, {@code times} is {@code {source, pipeline, encode?}}, the milliseconds in each stage.
     */
    public static byte[] header(EncodedFrame frame) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("seq", frame.seq());
        header.put("captureTime", captureTime(frame));
        header.put("width", frame.width());
        header.put("height", frame.height());
        header.put("codec", frame.codec().codecName());
        header.put("keyframe", frame.keyframe());
        header.put("rtpTimestamp", RtpTime.timestamp(frame));
        SenderFrameId.of(frame).ifPresent(from -> header.put("from", from));
        StageTimes.members(frame).ifPresent(times -> header.put("times", times));
        header.put("metadata", members(frame.metadata()));
        return MAPPER.writeValueAsBytes(header);
    }

    /**
     * {@code {seq, captureTime, rtpTimestamp, from?, times?, encoded?, metadata}}: what a page needs to know of a frame that it
     * receives by other means. {@code encoded} is of earlier frames: {@code [{seq, codec, width, height, encode}]}, the
     * milliseconds in each encoder.
     */
    public static byte[] identity(EncodedFrame frame) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("seq", frame.seq());
        identity.put("captureTime", captureTime(frame));
        identity.put("rtpTimestamp", RtpTime.timestamp(frame));
        SenderFrameId.of(frame).ifPresent(from -> identity.put("from", from));
        StageTimes.members(frame).ifPresent(times -> identity.put("times", times));
        Object encoded = frame.metadata().values().get(EncodeTimes.KEY);
        if (encoded != null) {
            identity.put("encoded", encoded);
        }
        identity.put("metadata", members(frame.metadata()));
        return MAPPER.writeValueAsBytes(identity);
    }

    /** {@code {detections: [{label, score, box: [x, y, width, height], id?}], …}}; without detections, that key is missing. */
    public static String metadata(Metadata metadata) {
        return MAPPER.writeValueAsString(members(metadata));
    }

    /** {@code {source, pipeline, encode?}}, as in {@link #header}; without what is not known. */
    public static String times(EncodedFrame frame) {
        return MAPPER.writeValueAsString(StageTimes.members(frame).orElse(Map.of()));
    }

    /** Milliseconds since the Unix epoch with three decimals, never in scientific notation. */
    public static BigDecimal captureTime(EncodedFrame frame) {
        return BigDecimal.valueOf(Math.floorDiv(frame.captureNanos(), 1_000L), 3);
    }

    private static Map<String, Object> members(Metadata metadata) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!metadata.detections().isEmpty()) {
            members.put(
                    "detections",
                    metadata.detections().stream().map(PictureJson::members).toList());
        }
        members.putAll(metadata.values());
        members.remove(SenderFrameId.KEY);
        members.remove(StageTimes.KEY);
        members.remove(EncodeTimes.KEY);
        return members;
    }

    private static Map<String, Object> members(Detection detection) {
        Box box = detection.box();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("label", detection.label());
        members.put("score", detection.score());
        members.put("box", List.of(box.x(), box.y(), box.width(), box.height()));
        detection.id().ifPresent(id -> members.put("id", id));
        return members;
    }
}
