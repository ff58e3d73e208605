package dev.sightline.transport.webrtc.sdp;

import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses among the codecs of an offered section.
 *
 * @param sends whether we send in it; H.264 whose units may not be cut (packetization-mode 0) is only received
 */
record CodecChoice(MediaSection section, CodecPreferences wishes, boolean sends) {
    /** What we understand of what a receiver may say (RFC 4585, RFC 5104, draft-alvestrand-rmcat-remb). */
    static final Set<String> FEEDBACK = new LinkedHashSet<>(List.of("nack", "nack pli", "ccm fir", "goog-remb"));

    private static final int CLOCK_RATE = 90_000;
    private static final Set<String> REPAIRS = Set.of("rtx", "red", "ulpfec", "flexfec-03");

    /**
     * The format to use.
     *
     * @throws SdpException if none is ours, or none may be taken
     */
    VideoFormat choose() throws SdpException {
        return section.codecs().stream()
                .filter(each -> codec(each).filter(wishes.codecs()::contains).isPresent())
                .min(preference())
                .map(this::format)
                .orElseThrow(this::nothing);
    }

    /** The codec that is liked best; of H.264 the wished profile, then one that takes it, then the least demanding. */
    private Comparator<PayloadFormat> preference() {
        List<Codec> order = wishes.inThisOrder() ? wishes.codecs() : offered();
        return Comparator.<PayloadFormat>comparingInt(
                        each -> order.indexOf(codec(each).orElseThrow()))
                .thenComparing(
                        each -> profile(each).filter(wishes.profile()::equals).isEmpty())
                .thenComparing(each ->
                        profile(each).filter(it -> it.takes(wishes.profile())).isEmpty())
                .thenComparing(each -> profile(each).orElse(H264Profile.CONSTRAINED_BASELINE))
                .thenComparing(each -> each.isNamed("H264") && mode(each).equals("0"));
    }

    /** Our codecs in the offer's order. */
    private List<Codec> offered() {
        return section.codecs().stream()
                .flatMap(each -> codec(each).stream())
                .distinct()
                .toList();
    }

    /** Which of our codecs it is, in a form that we can packetise if we send, or put together if we receive. */
    private Optional<Codec> codec(PayloadFormat offered) {
        if (offered.clockRate() != CLOCK_RATE) {
            return Optional.empty();
        }
        if (offered.isNamed("VP8")) {
            return Optional.of(Codec.VP8);
        }
        boolean fits = offered.isNamed("H264")
                && isPacketised(offered)
                && profile(offered).isPresent();
        return fits ? Optional.of(Codec.H264) : Optional.empty();
    }

    /** Sent pictures have to be cut into packets (RFC 6184 section 6.3, non-interleaved mode); received ones need not be. */
    private boolean isPacketised(PayloadFormat h264) {
        return mode(h264).equals("1") || !sends && mode(h264).equals("0");
    }

    private static String mode(PayloadFormat h264) {
        return h264.parameters().getOrDefault("packetization-mode", "0");
    }

    private static Optional<H264Profile> profile(PayloadFormat offered) {
        return offered.isNamed("H264")
                ? H264Profile.of(offered.parameters().getOrDefault("profile-level-id", H264Profile.BY_DEFAULT))
                : Optional.empty();
    }

    private VideoFormat format(PayloadFormat offered) {
        Codec codec = codec(offered).orElseThrow();
        Set<String> feedback = new LinkedHashSet<>(FEEDBACK);
        feedback.retainAll(offered.feedback());
        return new VideoFormat(
                codec,
                offered.payloadType(),
                section.retransmissionOf(offered.payloadType()),
                codec == Codec.H264 ? h264(offered.parameters()) : Map.of(),
                feedback);
    }

    /** With the same profile and level as were offered, both sides agree whatever asymmetry is allowed. */
    static Map<String, String> h264(Map<String, String> offered) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (offered.containsKey("level-asymmetry-allowed")) {
            parameters.put("level-asymmetry-allowed", "1");
        }
        parameters.put("packetization-mode", offered.getOrDefault("packetization-mode", "0"));
        parameters.put("profile-level-id", offered.getOrDefault("profile-level-id", H264Profile.BY_DEFAULT));
        return parameters;
    }

    private SdpException nothing() {
        boolean onlyWhole = section.codecs().stream()
                        .anyMatch(each -> each.isNamed("H264") && mode(each).equals("0") && !isPacketised(each))
                && wishes.codecs().contains(Codec.H264);
        String names = section.codecs().stream()
                .map(PayloadFormat::name)
                .filter(name -> !REPAIRS.contains(name.toLowerCase(Locale.ROOT)))
                .distinct()
                .limit(10)
                .map(Excerpt::of)
                .collect(Collectors.joining(", "));
        return SdpException.unacceptable("it offers no codec of ours (" + wishes.names() + "): it has "
                + (names.isEmpty() ? "none" : names)
                + (onlyWhole ? "; H264 is taken with packetization-mode=1" : ""));
    }
}
