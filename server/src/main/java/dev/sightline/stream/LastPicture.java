package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.KeptPicture;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.frame.PixelFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest picture that left a stream's pipeline, for who comes when there are no more and nobody watched the last: slates
 * are made of it, and it is what remains of a file that has ended. Keeping it copies nothing. Safe for use by any thread.
 */
final class LastPicture implements AutoCloseable {
    /** In so many renditions at most, as of those that are live. */
    private static final int MOST = Renditions.MOST;

    // Guarded by this.
    private final KeptPicture raw = new KeptPicture();
    private final Map<Rendition, EncodedFrame> encoded = new HashMap<>();
    private @Nullable EncodedFrame passed;
    private boolean closed;

    /** A picture has left the pipeline. Of a video that was not decoded the newest keyframe stays. */
    synchronized void keep(Picture picture) {
        if (closed) {
            return;
        }
        if (picture instanceof Frame frame) {
            passed = null;
            raw.keep(frame);
        } else if (picture instanceof EncodedFrame frame && frame.keyframe()) {
            passed = frame;
            raw.clear();
        }
        encoded.clear();
    }

    /** The picture in gray, as far as it can be had; the caller closes it. */
    synchronized Optional<Frame> gray() {
        Optional<Frame> frame = frame(PixelFormat.GRAY);
        frame.ifPresent(picture -> picture.convert(PixelFormat.GRAY));
        return frame;
    }

    /**
     * The picture as a JPEG that bears the stream's state.
     *
     * @throws RenditionLimitException if it was asked for in as many renditions as may be
     */
    synchronized Optional<EncodedFrame> jpeg(Rendition rendition, StreamState state) throws RenditionLimitException {
        EncodedFrame known = encoded.get(rendition);
        if (known != null) {
            return Optional.of(known);
        }
        if (encoded.size() >= MOST) {
            throw new RenditionLimitException("the last picture was asked for in " + MOST
                    + " renditions already; ask for one of these: " + encoded.keySet());
        }
        try (Frame frame = frame(PixelFormat.BGR).orElse(null)) {
            if (frame == null) {
                return Optional.empty();
            }
            frame.metadata().put("state", state.name());
            Optional<EncodedFrame> made = encode(frame, rendition);
            made.ifPresent(picture -> encoded.put(rendition, picture));
            return made;
        }
    }

    private static Optional<EncodedFrame> encode(Frame frame, Rendition rendition) {
        try (Encoder encoder = Encoders.encoder(rendition)) {
            encoder.take(frame);
            return encoder.encode();
        }
    }

    private Optional<Frame> frame(PixelFormat format) {
        if (closed || passed == null) {
            return closed ? Optional.empty() : raw.frame();
        }
        try (RawPictures decoder = new RawPictures()) {
            return decoder.decode(passed, format);
        } catch (CodecException broken) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            raw.close();
            encoded.clear();
        }
    }
}
