package dev.sightline.transport.webrtc;

import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.stream.LiveStream;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import java.util.List;
import java.util.Optional;

/**
 * Whether a source's own H.264 can be given to viewers, which costs nothing.
 *
 * @param profile of that video; empty where there is none to be had
 */
record Passthrough(Optional<H264Profile> profile) {

    /** As it is with a stream now. */
    static Passthrough of(LiveStream stream) {
        Optional<SequenceParameters> video = stream.passed();
        return new Passthrough(video.flatMap(known -> known.kind().named()));
    }

    /** The same wishes, but where all was the same to the viewer, rather what is there already. */
    CodecPreferences rather(CodecPreferences wishes) {
        if (profile.isEmpty()) {
            return wishes;
        }
        CodecPreferences ordered =
                wishes.equals(CodecPreferences.ANY) ? CodecPreferences.inOrder(List.of(Codec.H264, Codec.VP8)) : wishes;
        return ordered.withProfile(profile.get());
    }
}
