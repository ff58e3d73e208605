package dev.sightline.fuzz;

import dev.sightline.codec.VideoHeader;
import dev.sightline.frame.Codec;
import dev.sightline.h264.SequenceParameters;
import java.nio.ByteBuffer;

/** Any bytes are the header of a video's picture or are not; nothing is thrown. */
public final class VideoHeaderFuzz {
    private VideoHeaderFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        VideoHeader.of(Codec.VP8, ByteBuffer.wrap(input)).ifPresent(VideoHeader::tooLarge);
        VideoHeader.of(Codec.H264, ByteBuffer.wrap(input))
                .flatMap(VideoHeader::parameters)
                .map(SequenceParameters::kind)
                .ifPresent(SequenceParameters.Kind::profileLevelId);
    }
}
