package dev.sightline.transport.webrtc.sdp;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes our side of a session: a pure function of our parameters and the negotiated ones. */
public final class LocalDescription {
    private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";
    private static final int CLOCK_RATE = 90_000;
    private static final int SCTP_PORT = 5000;

    private final StringBuilder text = new StringBuilder(1_500);
    private final Negotiated agreed;
    private final LocalParameters ours;

    private LocalDescription(Negotiated agreed, LocalParameters ours) {
        this.agreed = agreed;
        this.ours = ours;
    }

    /**
     * The answer to a judged offer: it accepts one section and refuses the others in their places. Those of the same BUNDLE
     * become inactive, and are not rejected by port 0: GStreamer 1.22, aiortc 1.4 and werift 0.24 give up on that.
     */
    public static String answer(RemoteDescription offer, Negotiated agreed, LocalParameters ours) {
        LocalDescription answer = new LocalDescription(agreed, ours);
        List<MediaSection> sections = offer.sections();
        answer.session(IntStream.range(0, sections.size())
                .filter(index -> answer.rides(offer, index))
                .mapToObj(index -> sections.get(index).mid().orElse(""))
                .toList());
        for (int i = 0; i < sections.size(); i++) {
            if (i == agreed.section()) {
                answer.video(
                        sections.get(i).line().protocol(), agreed.connection().setup());
            } else if (answer.rides(offer, i)) {
                answer.inactive(sections.get(i));
            } else {
                answer.rejected(sections.get(i));
            }
        }
        return answer.text.toString();
    }

    /** Whether a section shares the transport of the accepted one. */
    private boolean rides(RemoteDescription offer, int index) {
        MediaSection section = offer.sections().get(index);
        boolean carried = index == agreed.section() || section.canBeInactive();
        return carried
                && offer.isBundled(section)
                && offer.isBundled(offer.sections().get(agreed.section()));
    }

    /** Our own offer; the answering peer begins the DTLS handshake. */
    public static String offer(Negotiated invitation, LocalParameters ours) {
        LocalDescription offer = new LocalDescription(invitation, ours);
        offer.session(invitation.mid().stream().toList());
        offer.video(PROTOCOL, invitation.connection().setup());
        return offer.text.toString();
    }

    /** The answer to an ICE restart (RFC 8840, RFC 9725 section 4.3.3): our new credentials. */
    public static String fragment(Negotiated agreed, LocalParameters ours) {
        LocalDescription fragment = new LocalDescription(agreed, ours);
        fragment.line("a=ice-lite");
        agreed.mid().ifPresent(mid -> fragment.line("a=group:BUNDLE " + mid));
        fragment.line("m=video 9 " + PROTOCOL + " " + fragment.payloadTypes());
        agreed.mid().ifPresent(mid -> fragment.line("a=mid:" + mid));
        fragment.credentials();
        fragment.candidates();
        return fragment.text.toString();
    }

    private void session(List<String> bundle) {
        line("v=0");
        line("o=- " + ours.sessionId() + " 1 IN IP4 0.0.0.0");
        line("s=-");
        line("t=0 0");
        line("a=ice-lite");
        if (!bundle.isEmpty()) {
            line("a=group:BUNDLE " + String.join(" ", bundle));
        }
        line("a=msid-semantic: WMS *");
    }

    private void video(String protocol, Setup setup) {
        line("m=video 9 " + protocol + " " + payloadTypes());
        line("c=IN IP4 0.0.0.0");
        agreed.mid().ifPresent(mid -> line("a=mid:" + mid));
        line("a=" + agreed.direction().attribute());
        transport(setup);
        line("a=rtcp-mux");
        if (agreed.reducedSizeRtcp()) {
            line("a=rtcp-rsize");
        }
        agreed.extensions().forEach((extension, id) -> line("a=extmap:" + id + " " + extension.uri()));
        formats();
        agreed.layer().ifPresent(rid -> {
            line("a=rid:" + rid + " recv");
            line("a=simulcast:recv " + rid);
        });
        if (agreed.sends()) {
            sources();
        }
        candidates();
    }

    private void formats() {
        VideoFormat format = agreed.format();
        int payloadType = format.payloadType();
        line("a=rtpmap:" + payloadType + " " + format.codec() + "/" + CLOCK_RATE);
        format.feedback().forEach(each -> line("a=rtcp-fb:" + payloadType + " " + each));
        if (!format.parameters().isEmpty()) {
            line("a=fmtp:" + payloadType + " " + parameters(format.parameters()));
        }
        format.retransmission().ifPresent(rtx -> {
            line("a=rtpmap:" + rtx + " rtx/" + CLOCK_RATE);
            line("a=fmtp:" + rtx + " apt=" + payloadType);
        });
    }

    /** The sources we send (RFC 8830, RFC 5576). */
    private void sources() {
        line("a=msid:sightline video");
        if (agreed.format().retransmission().isPresent()) {
            line("a=ssrc-group:FID " + ours.ssrc() + " " + ours.retransmissionSsrc());
            source(ours.ssrc());
            source(ours.retransmissionSsrc());
        } else {
            source(ours.ssrc());
        }
    }

    private void source(long ssrc) {
        line("a=ssrc:" + ssrc + " cname:" + ours.cname());
        line("a=ssrc:" + ssrc + " msid:sightline video");
    }

    /** Nothing flows in it, but it shares the transport that the first section of a BUNDLE describes (RFC 8843 section 7.3.1). */
    private void inactive(MediaSection section) {
        heading(section, 9);
        if (section.isData()) {
            association(section);
        } else {
            line("a=inactive");
            line("a=rtcp-mux");
        }
        transport(agreed.connection().setup());
        candidates();
    }

    /** Data channels have no direction. Messages of this association are never answered, so no channel opens. */
    private void association(MediaSection section) {
        String format = section.line().formats().get(0);
        boolean old = section.line().protocol().equals("DTLS/SCTP");
        line(old ? "a=sctpmap:" + format + " webrtc-datachannel 65535" : "a=sctp-port:" + SCTP_PORT);
    }

    /** Keeps its place, so that the sections after it keep theirs. */
    private void rejected(MediaSection section) {
        heading(section, 0);
        line("a=inactive");
    }

    /** With one format, as the grammar requires. */
    private void heading(MediaSection section, int port) {
        String format = section.line().formats().get(0);
        line("m=" + section.line().kind() + " " + port + " " + section.line().protocol() + " " + format);
        line("c=IN IP4 0.0.0.0");
        section.mid().ifPresent(mid -> line("a=mid:" + mid));
        section.rtp().codecs().stream()
                .filter(codec -> format.equals(Integer.toString(codec.payloadType())))
                .forEach(codec -> line("a=rtpmap:" + codec.rtpmap()));
    }

    private void transport(Setup setup) {
        credentials();
        line("a=fingerprint:" + ours.fingerprint());
        line("a=setup:" + setup.attribute());
    }

    private void credentials() {
        line("a=ice-ufrag:" + ours.credentials().ufrag());
        line("a=ice-pwd:" + ours.credentials().password());
    }

    private void candidates() {
        ours.candidates().forEach(candidate -> line("a=" + candidate));
        line("a=end-of-candidates");
    }

    private String payloadTypes() {
        VideoFormat format = agreed.format();
        return format.payloadType()
                + (format.retransmission().isPresent()
                        ? " " + format.retransmission().getAsInt()
                        : "");
    }

    private static String parameters(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(";"));
    }

    private void line(String line) {
        text.append(line).append("\r\n");
    }
}
