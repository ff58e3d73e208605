package dev.sightline.stream;

import dev.sightline.codec.PictureDecoder;
import dev.sightline.codec.VideoDecoder;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes encoded frames, single ones or video, to raw frames. For video the decoder is made again when the codec changes or
 * after a frame was skipped. It then restarts at the newest keyframe, if the GOP cache has all frames since: with each new
 * frame it decodes as many of them as fit in a short time, until it has caught up. Used by the stream's thread.
 */
final class CatchUpDecoder implements AutoCloseable {
    /** A part of the frame interval at 30 fps: viewers of passthrough video wait this long. */
    private static final long MOST_CATCHING_UP_NANOS = 20_000_000;

    private final PictureDecoder singles = new PictureDecoder();
    private Codec codec = Codec.NONE;
    private @Nullable VideoDecoder video;

    /** Whether frames before the next one were skipped. */
    private boolean behind;

    /** The newest of the skipped frames that was decoded since. */
    private long caughtUpTo;

    /** Decodes when no frame is ever skipped. */
    Optional<Frame> decode(EncodedFrame encoded, PixelFormat format) {
        return decode(encoded, format, List::of);
    }

    /**
     * Decodes to a raw frame with the same identity and metadata; the caller owns it.
     *
     * @param gop of a video, all frames from its newest keyframe on; empty if they are not available
     * @return empty while the decoder waits for a keyframe, or has too many earlier frames to catch up on
     * @throws dev.sightline.codec.CodecException if the frame is broken
     */
    Optional<Frame> decode(EncodedFrame encoded, PixelFormat format, Supplier<List<EncodedFrame>> gop) {
        Optional<Frame> frame;
        if (encoded.codec().intraOnly()) {
            frame = Optional.of(singles.decode(encoded, format));
        } else if (behind && !catchesUp(encoded, gop.get())) {
            frame = Optional.empty();
        } else {
            frame = video(encoded.codec()).decode(encoded, format);
        }
        frame.ifPresent(raw -> raw.metadata().addAll(encoded.metadata()));
        return frame;
    }

    /** Decodes as many earlier frames as the time allows; answers whether this frame is the next to decode. */
    private boolean catchesUp(EncodedFrame encoded, List<EncodedFrame> gop) {
        VideoDecoder decoder = video(encoded.codec());
        if (gop.isEmpty()) {
            decoder.gap();
            behind = false;
            return true;
        }
        long deadline = System.nanoTime() + MOST_CATCHING_UP_NANOS;
        for (EncodedFrame missed : gop) {
            if (missed.seq() > caughtUpTo && missed.seq() < encoded.seq()) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                caughtUpTo = missed.seq();
                decoder.follow(missed);
            }
        }
        behind = false;
        return true;
    }

    /** The frame is not needed raw. */
    void skip(EncodedFrame encoded) {
        if (!encoded.codec().intraOnly()) {
            closeVideo();
            behind = true;
            caughtUpTo = 0;
        }
    }

    /** Whether video cannot be decoded before its next keyframe. */
    boolean needsKeyframe() {
        return video != null && video.needsKeyframe();
    }

    private VideoDecoder video(Codec wanted) {
        VideoDecoder present = video;
        if (present != null && codec == wanted) {
            return present;
        }
        closeVideo();
        VideoDecoder made = new VideoDecoder(wanted);
        codec = wanted;
        video = made;
        return made;
    }

    private void closeVideo() {
        if (video != null) {
            video.close();
            video = null;
        }
    }

    @Override
    public void close() {
        singles.close();
        closeVideo();
    }
}
