package dev.sightline.stream;

import dev.sightline.frame.Codec;

/**
 * One frame of a video that a publisher sends. The first is a keyframe, each depends only on those before it, and after a lost
 * one comes a keyframe.
 *
 * @param codec {@link Codec#VP8} or {@link Codec#H264}
 * @param bytes a VP8 frame, or an H.264 access unit in Annex B form, with parameter sets before a keyframe; ownership passes to
 *     this
 * @param keyframe whether decoding can start here
 */
public record EncodedVideo(Codec codec, byte[] bytes, boolean keyframe) {

    /** Refuses intra-only codecs. */
    public EncodedVideo {
        if (codec.intraOnly()) {
            throw new IllegalArgumentException(codec.codecName() + " is not a video codec");
        }
    }
}
