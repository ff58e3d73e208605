package dev.sightline.transport.webrtc.sdp;

import dev.sightline.frame.Codec;
import dev.sightline.refusal.Excerpt;
import dev.sightline.transport.webrtc.sdp.Negotiated.Connection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges the other side's offer or answer (RFC 3264, RFC 8829). */
public final class Negotiation {
    /** The largest id in the one-byte form of header extensions (RFC 8285 section 4.2). */
    private static final int LARGEST_EXTENSION_ID = 14;

    private static final int PAYLOAD_TYPE = 96;

    private Negotiation() {}

    /**
     * Judges an offer.
     *
     * @throws SdpException if it allows no session; the message explains that to the offering side
     */
    public static Negotiated judge(RemoteDescription offer, Purpose purpose, CodecPreferences wishes)
            throws SdpException {
        List<MediaSection> videos =
                offer.sections().stream().filter(MediaSection::isVideo).toList();
        if (videos.isEmpty()) {
            throw SdpException.unacceptable("the offer has no video" + kinds(offer));
        }
        if (offer.iceLite()) {
            throw SdpException.unacceptable("it is ICE-lite, and so are we: nobody would begin");
        }
        for (MediaSection video : videos) {
            try {
                return judged(offer, video, purpose, wishes);
            } catch (SdpException e) {
                // If no section is acceptable, the fault of the first is reported.
            }
        }
        return judged(offer, videos.get(0), purpose, wishes);
    }

    /**
     * Our own offer to a client that will watch, and may never answer: one codec, so that there is nothing to choose.
     *
     * @param mid up to 16 letters and digits; the answer repeats it
     */
    public static Negotiated invitation(Codec codec, String mid) {
        Map<String, String> parameters = codec == Codec.H264
                ? CodecChoice.h264(Map.of("level-asymmetry-allowed", "1", "packetization-mode", "1"))
                : Map.of();
        return new Negotiated(
                0,
                Optional.of(mid),
                Direction.SENDONLY,
                new VideoFormat(
                        codec, PAYLOAD_TYPE, OptionalInt.of(PAYLOAD_TYPE + 1), parameters, CodecChoice.FEEDBACK),
                Map.of(
                        HeaderExtension.MID, 1,
                        HeaderExtension.ABS_SEND_TIME, 2,
                        HeaderExtension.PLAYOUT_DELAY, 3,
                        HeaderExtension.TRANSPORT_SEQUENCE_NUMBER, 4),
                true,
                Optional.empty(),
                Connection.UNANSWERED);
    }

    /**
     * The result of the answer to our own offer.
     *
     * @throws SdpException if the answer does not fit the offer, or refuses it
     */
    public static Negotiated completed(Negotiated ours, RemoteDescription answer) throws SdpException {
        MediaSection section = answered(ours, answer);
        checkMultiplexed(section);
        TransportSide transport = checkedTransport(answer, section);
        PayloadFormat format = section.rtp().codecs().stream()
                .filter(each -> each.payloadType() == ours.format().payloadType())
                .findFirst()
                .orElseThrow(() -> SdpException.unacceptable("the answer does not take the one codec that was offered, "
                        + ours.format().codec()));
        Set<String> feedback = new LinkedHashSet<>(ours.format().feedback());
        feedback.retainAll(format.feedback());
        OptionalInt retransmission = section.rtp().retransmissionOf(format.payloadType());
        VideoFormat agreed = new VideoFormat(
                ours.format().codec(),
                format.payloadType(),
                retransmission,
                ours.format().parameters(),
                CodecChoice.oneEstimate(feedback, section, ours.direction(), retransmission));
        Map<HeaderExtension, Integer> extensions = extensions(section, agreed);
        extensions.entrySet().retainAll(ours.extensions().entrySet());
        return new Negotiated(
                ours.section(),
                ours.mid(),
                ours.direction(),
                agreed,
                extensions,
                section.rtp().reducedSizeRtcp(),
                Optional.empty(),
                Connection.to(transport));
    }

    private static MediaSection answered(Negotiated ours, RemoteDescription answer) throws SdpException {
        if (answer.sections().size() != 1 || !answer.sections().get(0).mid().equals(ours.mid())) {
            throw SdpException.unacceptable("the answer has other sections than the offer");
        }
        MediaSection section = answer.sections().get(0);
        if (section.isRejected() || !section.direction().receives()) {
            throw SdpException.unacceptable("the answer wants no video");
        }
        return section;
    }

    private static Negotiated judged(
            RemoteDescription offer, MediaSection video, Purpose purpose, CodecPreferences wishes) throws SdpException {
        if (video.isRejected()) {
            throw SdpException.unacceptable("the offer's video is switched off (port 0)");
        }
        Direction direction = direction(video.direction(), purpose);
        checkMultiplexed(video);
        VideoFormat format = new CodecChoice(video, wishes, direction).choose();
        TransportSide transport = checkedTransport(offer, video);
        return new Negotiated(
                offer.sections().indexOf(video),
                video.mid(),
                direction,
                format,
                extensions(video, format),
                video.rtp().reducedSizeRtcp(),
                direction.receives() ? video.rtp().layer() : Optional.empty(),
                Connection.to(transport));
    }

    private static Direction direction(Direction offered, Purpose purpose) throws SdpException {
        if (purpose.weReceive() && !offered.sends()) {
            throw SdpException.unacceptable("the offer sends no video (it is " + offered.attribute()
                    + "), but this is the address to publish to");
        }
        if (!purpose.weReceive() && !offered.receives()) {
            throw SdpException.unacceptable(
                    "the offer takes no video (it is " + offered.attribute() + "), but this is an address to watch");
        }
        return Direction.of(purpose.weMaySend() && offered.receives(), purpose.weReceive());
    }

    private static void checkMultiplexed(MediaSection video) throws SdpException {
        if (!video.rtp().rtcpMux()) {
            throw SdpException.unacceptable("rtcp-mux is needed: RTP and RTCP share one port here");
        }
    }

    private static TransportSide checkedTransport(RemoteDescription theirs, MediaSection video) throws SdpException {
        TransportSide transport = theirs.transport(video);
        if (transport.credentials().isEmpty()) {
            throw SdpException.unacceptable("it has no ice-ufrag and ice-pwd");
        }
        if (transport.fingerprint().isEmpty()) {
            throw SdpException.unacceptable("it has no fingerprint by SHA-256, 384 or 512 of its certificate");
        }
        if (transport.setup().equals(Optional.of(Setup.HOLDCONN))) {
            throw SdpException.unacceptable("it wants no connection now (setup:holdconn)");
        }
        return transport;
    }

    /** The usable ids, each once. */
    private static Map<HeaderExtension, Integer> extensions(MediaSection section, VideoFormat format) {
        Map<HeaderExtension, Integer> extensions = new EnumMap<>(HeaderExtension.class);
        for (HeaderExtension each : HeaderExtension.values()) {
            boolean useless = switch (each) {
                case RTP_STREAM_ID -> section.rtp().layer().isEmpty();
                case TRANSPORT_SEQUENCE_NUMBER -> !format.feedback().contains(CodecChoice.TRANSPORT_CC);
                default -> false;
            };
            int id = useless ? 0 : section.rtp().extensions().getOrDefault(each.uri(), 0);
            if (id >= 1 && id <= LARGEST_EXTENSION_ID && !extensions.containsValue(id)) {
                extensions.put(each, id);
            }
        }
        return extensions;
    }

    private static String kinds(RemoteDescription offer) {
        String kinds = offer.sections().stream()
                .map(section -> section.line().kind())
                .distinct()
                .limit(5)
                .map(Excerpt::of)
                .collect(Collectors.joining(" and "));
        return kinds.isEmpty() ? "" : ": it has " + kinds;
    }
}
