package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.CodecException;
import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.KeptPicture;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.frame.PixelFormat;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.status.StreamState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame that left a stream's pipeline, for times without live frames and renditions nobody watched: slates are made
 * from it, and it is what remains of a file that has ended. Storing it copies nothing. Safe for use by any thread.
 */
final class LastPicture implements AutoCloseable {
    /** A rendition requested longer ago gives way to another. */
    static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final KeptPicture raw = new KeptPicture();

    @GuardedBy("this")
    private final Map<Rendition, Made> encoded = new LinkedHashMap<>();

    @GuardedBy("this")
    private @Nullable EncodedFrame passed;

    @GuardedBy("this")
    private boolean closed;

    LastPicture(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A frame has left the pipeline. Of video that was not decoded, the newest keyframe is stored. */
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

    /** The frame in gray, if it can be decoded; the caller closes it. */
    synchronized Optional<Frame> gray() {
        Optional<Frame> frame = frame(PixelFormat.GRAY);
        frame.ifPresent(picture -> picture.convert(PixelFormat.GRAY));
        return frame;
    }

    /**
     * The frame as a JPEG whose metadata names the stream's state.
     *
     * @throws RefusedException if it was asked for in as many renditions as may be within 10 s; the default one always
     *     has its place
     */
    synchronized Optional<EncodedFrame> jpeg(Rendition rendition, StreamState state) throws RefusedException {
        Made known = encoded.get(rendition);
        if (known != null) {
            return Optional.of(known.picture());
        }
        makeRoom(rendition);
        try (Frame frame = frame(PixelFormat.BGR).orElse(null)) {
            if (frame == null) {
                return Optional.empty();
            }
            frame.metadata().put("state", state.name());
            Optional<EncodedFrame> made = encode(frame, rendition);
            made.ifPresent(picture -> encoded.put(rendition, new Made(picture, nanoTime.getAsLong())));
            return made;
        }
    }

    @GuardedBy("this")
    private void makeRoom(Rendition rendition) throws RefusedException {
        boolean reserved = !rendition.equals(Rendition.DEFAULT) && !encoded.containsKey(Rendition.DEFAULT);
        if (encoded.size() < Renditions.MOST - (reserved ? 1 : 0)) {
            return;
        }
        Map.Entry<Rendition, Made> oldest = encoded.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Rendition.DEFAULT))
                .findFirst()
                .orElseThrow();
        if (nanoTime.getAsLong() - oldest.getValue().nanos() < KEPT_NANOS) {
            throw new RefusedException(
                    Reason.LIMIT,
                    "the last picture was asked for in " + encoded.size()
                            + " renditions already; ask for one of these: " + encoded.keySet());
        }
        encoded.remove(oldest.getKey());
    }

    private static Optional<EncodedFrame> encode(Frame frame, Rendition rendition) {
        try (Encoder encoder = Encoders.encoder(rendition)) {
            encoder.take(frame);
            return encoder.encode();
        }
    }

    @GuardedBy("this")
    private Optional<Frame> frame(PixelFormat format) {
        if (closed || passed == null) {
            return closed ? Optional.empty() : raw.frame();
        }
        try (CatchUpDecoder decoder = new CatchUpDecoder()) {
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

    /**
     * A rendition of the frame.
     *
     * @param nanos when it was made
     */
    private record Made(EncodedFrame picture, long nanos) {}
}
