package dev.sightline.transport.webrtc.sdp;

import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which of the offered codecs are permitted, and which are preferred.
 *
 * @param codecs permitted ones: {@link Codec#VP8}, {@link Codec#H264}
 * @param inThisOrder whether their order counts; otherwise the other side's does
 * @param profile the preferred profile of H.264
 */
public record CodecPreferences(List<Codec> codecs, boolean inThisOrder, H264Profile profile) {
    /** VP8 or H.264, whichever the other side prefers. */
    public static final CodecPreferences ANY =
            new CodecPreferences(List.of(Codec.VP8, Codec.H264), false, H264Profile.CONSTRAINED_BASELINE);

    /** Refuses codecs that WebRTC does not carry. */
    public CodecPreferences {
        codecs = List.copyOf(codecs);
        if (codecs.isEmpty() || !List.of(Codec.VP8, Codec.H264).containsAll(codecs)) {
            throw new IllegalArgumentException("WebRTC carries vp8 and h264 here, not " + codecs);
        }
    }

    /** Only these, in this order of preference. */
    public static CodecPreferences inOrder(List<Codec> codecs) {
        return new CodecPreferences(codecs, true, H264Profile.CONSTRAINED_BASELINE);
    }

    /**
     * The same for a stream whose own H.264 of that profile can pass through, which costs nothing: that profile comes first,
     * and H.264 does if the viewer has no preference.
     */
    public CodecPreferences withPassthrough(H264Profile own) {
        CodecPreferences ordered = equals(ANY) ? inOrder(List.of(Codec.H264, Codec.VP8)) : this;
        return new CodecPreferences(ordered.codecs, ordered.inThisOrder, own);
    }

    /** {@code VP8, H264}. */
    String names() {
        return codecs.stream().map(Codec::name).collect(Collectors.joining(", "));
    }
}
