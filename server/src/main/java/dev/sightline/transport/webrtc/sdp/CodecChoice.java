package dev.sightline.transport.webrtc.sdp;

import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.refusal.Excerpt;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses among the codecs of an offered section.
 *
 * @param direction seen from here; H.264 with packetization-mode 0, which forbids fragments, is only received
 */
record CodecChoice(MediaSection section, CodecPreferences wishes, Direction direction) {
    /** When packets arrived, from which the sender estimates the bandwidth (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
    static final String TRANSPORT_CC = "transport-cc";

    /** The receiver's estimate of the bandwidth (draft-alvestrand-rmcat-remb). */
    private static final String REMB = "goog-remb";

    /** The feedback we understand (RFC 4585, RFC 5104, and those two). */
    static final Set<String> FEEDBACK = new LinkedHashSet<>(List.of("nack", "nack pli", "ccm fir", TRANSPORT_CC, REMB));

    private static final int CLOCK_RATE = 90_000;
    private static final Set<String> REPAIRS = Set.of("rtx", "red", "ulpfec", "flexfec-03");

    /**
     * The format to use.
     *
     * @throws SdpException if we support none, or none is permitted
     */
    VideoFormat choose() throws SdpException {
        return section.rtp().codecs().stream()
                .filter(each -> codec(each).filter(wishes.codecs()::contains).isPresent())
                .min(preference())
                .map(this::format)
                .orElseThrow(this::nothing);
    }

    /** Orders by preferred codec; for H.264, by the preferred profile, then one compatible with it, then the least demanding. */
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
        return section.rtp().codecs().stream()
                .flatMap(each -> codec(each).stream())
                .distinct()
                .toList();
    }

    /** Our codec, in a form that we can packetise if we send, or assemble if we receive. */
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

    /** Frames we send have to be cut into packets (RFC 6184 section 6.3, non-interleaved mode); received ones need not be. */
    private boolean isPacketised(PayloadFormat h264) {
        return mode(h264).equals("1") || !direction.sends() && mode(h264).equals("0");
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
        OptionalInt retransmission = section.rtp().retransmissionOf(offered.payloadType());
        Set<String> feedback = new LinkedHashSet<>(FEEDBACK);
        feedback.retainAll(offered.feedback());
        return new VideoFormat(
                codec,
                offered.payloadType(),
                retransmission,
                codec == Codec.H264 ? h264(offered.parameters()) : Map.of(),
                oneEstimate(feedback, section, direction, retransmission));
    }

    /**
     * Who estimates the bandwidth: the sender by transport-cc where that can be, else the receiver by REMB. As a receiver we know
     * only REMB. Without RTX a retransmitted packet must be what it was, so it could have no transport-wide number of its own.
     */
    static Set<String> oneEstimate(
            Set<String> feedback, MediaSection section, Direction direction, OptionalInt retransmission) {
        Set<String> one = new LinkedHashSet<>(feedback);
        boolean numbered = section.rtp().extensions().containsKey(HeaderExtension.TRANSPORT_SEQUENCE_NUMBER.uri());
        if (direction.receives() || !numbered || retransmission.isEmpty()) {
            one.remove(TRANSPORT_CC);
        }
        if (one.contains(TRANSPORT_CC)) {
            one.remove(REMB);
        }
        return one;
    }

    /** With the offered profile and level, both sides agree whatever asymmetry is allowed. */
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
        boolean onlyWhole = section.rtp().codecs().stream()
                        .anyMatch(each -> each.isNamed("H264") && mode(each).equals("0") && !isPacketised(each))
                && wishes.codecs().contains(Codec.H264);
        String names = section.rtp().codecs().stream()
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
