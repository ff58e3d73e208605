package dev.sightline.stream.wire;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Box;
import dev.sightline.frame.Codec;
import dev.sightline.frame.Detection;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.worker.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An encoded frame of a stream, on its way from the worker to the server. Its times are those of the server's clock, which the
 * worker uses.
 *
 * @param stream the stream's name
 * @param rendition whose it is
 * @param frame the frame
 * @param slate whether it is a slate rather than a live frame
 */
public record FrameMessage(String stream, Rendition rendition, EncodedFrame frame, boolean slate) {
    /** The kind of these messages. */
    public static final String KIND = "frame";

    /** What a slate's metadata says of the state. */
    private static final Set<String> SLATES = Set.of("STARTING", "STALE", "OFFLINE", "ENDED");

    /** A frame as a stream hands it to viewers. */
    public static FrameMessage of(String stream, Rendition rendition, EncodedFrame frame) {
        Object state = frame.metadata().values().get("state");
        return new FrameMessage(
                stream, rendition, frame, frame.keyframe() && state instanceof String text && SLATES.contains(text));
    }

    /** Whether the frame is the source's own bytes, which this process has not decoded: whoever does may crash. */
    public boolean ofSource() {
        return !slate && frame.encodingNanos() == 0 && frame.size() > 0;
    }

    /** Writes it; copies the frame's bytes. */
    public Message message() {
        byte[] body = new byte[frame.size()];
        frame.data().get(body);
        Times times = new Times(frame.captureNanos(), frame.presentationNanos(), frame.encodingNanos());
        Form form = new Form(frame.keyframe(), frame.temporalLayer(), frame.width(), frame.height());
        Header header = new Header(
                stream,
                RenditionText.of(rendition),
                slate,
                frame.seq(),
                form,
                times,
                frame.metadata().detections().stream().map(Found::of).toList(),
                frame.metadata().values());
        return WireJson.message(KIND, header, body);
    }

    /**
     * Reads it; takes the body over.
     *
     * @throws IllegalArgumentException if it is no frame
     */
    public static FrameMessage read(Message message) {
        Header header = WireJson.read(message, Header.class);
        Rendition rendition = RenditionText.read(header.rendition);
        Form form = header.form;
        Codec codec = rendition.codec();
        if (header.seq < 1
                || form.width < 1
                || form.height < 1
                || form.layer < 0
                || (codec == Codec.NONE) != (message.body().length == 0)) {
            throw new IllegalArgumentException("a frame of '" + header.rendition + "' cannot be");
        }
        Metadata metadata = new Metadata();
        header.detections.forEach(found -> metadata.add(found.detection()));
        header.values.forEach(metadata::put);
        EncodedFrame frame = new EncodedFrame(
                        codec,
                        message.body(),
                        form.key || codec.intraOnly(),
                        form.width,
                        form.height,
                        header.seq,
                        header.times.capture,
                        metadata)
                .presentedAt(header.times.presentation)
                .encodedIn(header.times.encoding)
                .inTemporalLayer(form.layer);
        return new FrameMessage(header.stream, rendition, frame, header.slate);
    }

    record Header(
            String stream,
            String rendition,
            boolean slate,
            long seq,
            Form form,
            Times times,
            List<Found> detections,
            Map<String, Object> values) {}

    record Form(boolean key, int layer, int width, int height) {}

    /** In nanoseconds. */
    record Times(long capture, long presentation, long encoding) {}

    record Found(String label, double score, double[] box, Optional<String> id) {
        static Found of(Detection detection) {
            Box box = detection.box();
            return new Found(
                    detection.label(),
                    detection.score(),
                    new double[] {box.x(), box.y(), box.width(), box.height()},
                    detection.id());
        }

        Detection detection() {
            return new Detection(label, score, new Box(box[0], box[1], box[2], box[3]), id);
        }
    }
}
