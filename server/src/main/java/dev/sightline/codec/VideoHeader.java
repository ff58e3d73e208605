package dev.sightline.codec;

import dev.sightline.frame.Codec;
import dev.sightline.frame.JpegHeader;
import dev.sightline.h264.AnnexB;
import dev.sightline.h264.NalUnit;
import dev.sightline.h264.SequenceParameters;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The header of a video frame, read without decoding: VP8 (RFC 6386, section 9.1) and H.264 in Annex B form. Any bytes may be
 * passed; malformed ones have no header.
 *
 * @param keyframe whether decoding can start here
 * @param width in pixels; 0 if this frame does not contain it
 * @param height in pixels; 0 if this frame does not contain it
 * @param parameters H.264's, if the frame contains them
 */
public record VideoHeader(boolean keyframe, int width, int height, Optional<SequenceParameters> parameters) {
    private static final int TAG_BYTES = 3;
    private static final int KEYFRAME_BYTES = 10;
    private static final int START_CODE = 0x9D012A;
    private static final int SIZE_MASK = 0x3FFF;

    /**
     * The header of the frame between position and limit, which do not move; empty if it is not one.
     *
     * @throws IllegalArgumentException if the codec is neither VP8 nor H.264
     */
    public static Optional<VideoHeader> of(Codec codec, ByteBuffer picture) {
        return switch (codec) {
            case VP8 -> vp8(picture.slice());
            case H264 -> h264(picture.slice());
            default -> throw new IllegalArgumentException(codec.codecName() + " is not a video codec");
        };
    }

    /** Whether its size exceeds {@link JpegHeader#MAX_PIXELS}. */
    public boolean tooLarge() {
        return (long) width * height > JpegHeader.MAX_PIXELS;
    }

    private static Optional<VideoHeader> vp8(ByteBuffer picture) {
        if (picture.remaining() < TAG_BYTES) {
            return Optional.empty();
        }
        boolean keyframe = (picture.get(0) & 1) == 0;
        if (!keyframe) {
            return Optional.of(new VideoHeader(false, 0, 0, Optional.empty()));
        }
        if (picture.remaining() < KEYFRAME_BYTES || picture.getInt(2) << 8 >>> 8 != START_CODE) {
            return Optional.empty();
        }
        int width = Short.reverseBytes(picture.getShort(6)) & SIZE_MASK;
        int height = Short.reverseBytes(picture.getShort(8)) & SIZE_MASK;
        return width == 0 || height == 0
                ? Optional.empty()
                : Optional.of(new VideoHeader(true, width, height, Optional.empty()));
    }

    /** Examines the NAL units up to the first slice. */
    private static Optional<VideoHeader> h264(ByteBuffer picture) {
        Optional<SequenceParameters> parameters = Optional.empty();
        for (int at = AnnexB.afterStartCode(picture, 0);
                at < picture.limit();
                at = AnnexB.afterStartCode(picture, at)) {
            int type = NalUnit.type(picture.get(at));
            if (type == NalUnit.SPS) {
                ByteBuffer payload = picture.slice(at + 1, picture.limit() - at - 1);
                parameters = SequenceParameters.of(payload);
                if (parameters.isEmpty()) {
                    return Optional.empty();
                }
            } else if (NalUnit.isSlice(type)) {
                boolean keyframe = type == NalUnit.IDR;
                int width = parameters.map(SequenceParameters::width).orElse(0);
                int height = parameters.map(SequenceParameters::height).orElse(0);
                return Optional.of(new VideoHeader(keyframe, width, height, parameters));
            }
        }
        return Optional.empty();
    }

    /**
     * The header of a sender's keyframe.
     *
     * @throws PictureException if it does not say its size, or is too large
     */
    public static VideoHeader ofKeyframe(Codec codec, byte[] keyframe) throws PictureException {
        VideoHeader header = of(codec, ByteBuffer.wrap(keyframe))
                .filter(known -> known.keyframe() && known.width() > 0)
                .orElseThrow(
                        () -> new PictureException("this " + codec.codecName() + " keyframe does not say its size"));
        if (header.tooLarge()) {
            throw new PictureException("a video of " + header.width() + "x" + header.height()
                    + " is too large: at most 33 megapixels are taken");
        }
        return header;
    }
}
