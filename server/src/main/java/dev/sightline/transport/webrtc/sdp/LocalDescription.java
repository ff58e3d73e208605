package dev.sightline.transport.webrtc.sdp;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes our side of a session: a pure function of what we are and what was agreed. */
public final class LocalDescription {
    private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";
    private static final int CLOCK_RATE = 90_000;

    private final StringBuilder text = new StringBuilder(1_500);
    private final Negotiated agreed;
    private final LocalParameters ours;

    private LocalDescription(Negotiated agreed, LocalParameters ours) {
        this.agreed = agreed;
        this.ours = ours;
    }

    /** The answer to an offer that was judged: one section is taken, the others are refused, in their places. */
    public static String answer(RemoteDescription offer, Negotiated agreed, LocalParameters ours) {
        LocalDescription answer = new LocalDescription(agreed, ours);
        answer.session(agreed.mid().filter(offer.bundle()::contains).isPresent());
        for (int i = 0; i < offer.sections().size(); i++) {
            MediaSection section = offer.sections().get(i);
            if (i == agreed.section()) {
                answer.video(section.protocol(), Setup.PASSIVE);
            } else {
                answer.refused(section);
            }
        }
        return answer.text.toString();
    }

    /** Our own offer; whoever answers it begins the DTLS handshake. */
    public static String offer(Negotiated invitation, LocalParameters ours) {
        LocalDescription offer = new LocalDescription(invitation, ours);
        offer.session(true);
        offer.video(PROTOCOL, Setup.ACTPASS);
        return offer.text.toString();
    }

    /** What an ICE restart is answered with (RFC 8840, RFC 9725 section 4.3.3): our new credentials. */
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

    private void session(boolean bundled) {
        line("v=0");
        line("o=- " + ours.sessionId() + " 1 IN IP4 0.0.0.0");
        line("s=-");
        line("t=0 0");
        line("a=ice-lite");
        if (bundled) {
            agreed.mid().ifPresent(mid -> line("a=group:BUNDLE " + mid));
        }
        line("a=msid-semantic: WMS *");
    }

    private void video(String protocol, Setup setup) {
        line("m=video 9 " + protocol + " " + payloadTypes());
        line("c=IN IP4 0.0.0.0");
        agreed.mid().ifPresent(mid -> line("a=mid:" + mid));
        line("a=" + agreed.direction().attribute());
        credentials();
        line("a=fingerprint:" + ours.fingerprint());
        line("a=setup:" + setup.attribute());
        line("a=rtcp-mux");
        if (agreed.reducedSizeRtcp()) {
            line("a=rtcp-rsize");
        }
        agreed.extensions().forEach((extension, id) -> line("a=extmap:" + id + " " + extension.uri()));
        formats();
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

    /** What we send (RFC 8830, RFC 5576). */
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

    /** In its place, so that the sections after it keep theirs; with one format, as the grammar demands. */
    private void refused(MediaSection section) {
        line("m=" + section.kind() + " 0 " + section.protocol() + " "
                + section.formats().get(0));
        line("c=IN IP4 0.0.0.0");
        section.mid().ifPresent(mid -> line("a=mid:" + mid));
        line("a=inactive");
        section.codecs().stream()
                .filter(codec -> section.formats().get(0).equals(Integer.toString(codec.payloadType())))
                .forEach(codec -> line("a=rtpmap:" + codec.rtpmap()));
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
