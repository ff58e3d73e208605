package dev.sightline.stream;

import dev.sightline.frame.Codec;

/**
 * One picture of a video that somebody sends in. The first is a keyframe, each builds on those before it alone, and where
 * one was lost the next is a keyframe again.
 *
 * @param codec {@link Codec#VP8} or {@link Codec#H264}
 * @param bytes a VP8 frame, or an H.264 access unit in Annex B form, before a keyframe with its parameter sets; taken over
 * @param keyframe whether decoding can start here
 */
public record EncodedVideo(Codec codec, byte[] bytes, boolean keyframe) {

    /** Refuses a codec of single pictures. */
    public EncodedVideo {
        if (codec.intraOnly()) {
            throw new IllegalArgumentException(codec.codecName() + " is no video codec");
        }
    }
}
