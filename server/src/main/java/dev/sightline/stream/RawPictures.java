package dev.sightline.stream;

import dev.sightline.codec.PictureDecoder;
import dev.sightline.codec.VideoDecoder;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes raw pictures of whatever comes: single ones, and video, for which a decoder is made anew whenever its codec changes
 * or a picture of it was skipped. Used by the stream's thread.
 */
final class RawPictures implements AutoCloseable {
    private final PictureDecoder singles = new PictureDecoder();
    private Codec codec = Codec.NONE;
    private @Nullable VideoDecoder video;

    /**
     * The raw frame, with the same identity and metadata; the caller owns it.
     *
     * @return empty while a keyframe is waited for
     * @throws dev.sightline.codec.CodecException if the picture is broken
     */
    Optional<Frame> decode(EncodedFrame encoded, PixelFormat format) {
        Optional<Frame> frame = encoded.codec().intraOnly()
                ? Optional.of(singles.decode(encoded, format))
                : video(encoded.codec()).decode(encoded, format);
        frame.ifPresent(raw -> raw.metadata().addAll(encoded.metadata()));
        return frame;
    }

    /** A picture is not needed raw: if others build on it, they cannot be decoded either. */
    void skip(EncodedFrame encoded) {
        if (!encoded.codec().intraOnly()) {
            closeVideo();
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
