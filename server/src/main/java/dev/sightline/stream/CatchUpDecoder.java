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
 * Makes raw pictures of whatever comes: single ones, and video, for which a decoder is made anew whenever its codec changes
 * or a picture of it was skipped. After that it begins with the newest keyframe, if all that came since is still at hand:
 * as much of it is decoded with each picture as takes little time, until the decoder has caught up. Used by the stream's
 * thread.
 */
final class CatchUpDecoder implements AutoCloseable {
    /** A part of the interval of 30 pictures a second: those to whom the video is passed wait for so long. */
    private static final long MOST_CATCHING_UP_NANOS = 20_000_000;

    private final PictureDecoder singles = new PictureDecoder();
    private Codec codec = Codec.NONE;
    private @Nullable VideoDecoder video;

    /** Whether pictures were skipped that came before the next. */
    private boolean behind;

    /** The newest of these that was decoded since. */
    private long caughtUpTo;

    /** For pictures of which none is ever skipped. */
    Optional<Frame> decode(EncodedFrame encoded, PixelFormat format) {
        return decode(encoded, format, List::of);
    }

    /**
     * The raw frame, with the same identity and metadata; the caller owns it.
     *
     * @param gop of a video, all frames from its newest keyframe on; empty if they are not at hand
     * @return empty while a keyframe is waited for, or too many pictures before this one
     * @throws dev.sightline.codec.CodecException if the picture is broken
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

    /** Whether the picture is the next to be decoded, after as many of those before it as there was time for. */
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

    /** A picture is not needed raw. */
    void skip(EncodedFrame encoded) {
        if (!encoded.codec().intraOnly()) {
            closeVideo();
            behind = true;
            caughtUpTo = 0;
        }
    }

    /** Whether no picture of a video can be made before its next keyframe. */
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
