package dev.sightline.testkit.webrtc;

import java.util.ArrayList;
import java.util.List;

/**
 * What a peer says of itself in SDP. Its numbers for codecs and extensions are not those that browsers happen to use, so
 * that a server that does not take them over is found out.
 *
 * @param ufrag what ICE calls the peer
 * @param password what seals ICE's messages to the peer
 * @param fingerprint SHA-256 of its certificate
 */
record LocalDescription(String ufrag, String password, String fingerprint) {
    /** Our number for the header extension. */
    static final int TRANSPORT_SEQUENCE = 13;

    private static final List<String> EXTENSIONS = List.of(
            "3 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
            "7 http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
            "9 urn:ietf:params:rtp-hdrext:sdes:mid",
            "11 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay");

    /** Asks to be sent video. */
    String offer(PeerSettings settings) {
        List<String> types = new ArrayList<>();
        List<String> codecs = new ArrayList<>();
        for (VideoCodec codec : settings.codecs()) {
            describe(codec, codec.payloadType(), settings, types, codecs);
        }
        List<String> extensions = new ArrayList<>(EXTENSIONS);
        if (settings.feedback()) {
            extensions.add(
                    TRANSPORT_SEQUENCE + " http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01");
        }
        return text(types, codecs, "actpass", "0", extensions);
    }

    /** Takes what a server offers to send. */
    String answer(RemoteDescription offer) {
        List<String> types = new ArrayList<>();
        List<String> codecs = new ArrayList<>();
        offer.codecs().forEach((type, name) -> {
            types.add(Integer.toString(type));
            codecs.add("a=rtpmap:" + type + " " + name + "/90000");
        });
        return text(types, codecs, "active", offer.mid().orElse("0"), List.of());
    }

    private static void describe(
            VideoCodec codec, int type, PeerSettings settings, List<String> types, List<String> lines) {
        types.add(Integer.toString(type));
        lines.add("a=rtpmap:" + type + " " + codec + "/90000");
        if (codec == VideoCodec.H264) {
            lines.add("a=fmtp:" + type + " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
        }
        lines.add("a=rtcp-fb:" + type + " goog-remb");
        lines.add("a=rtcp-fb:" + type + " ccm fir");
        lines.add("a=rtcp-fb:" + type + " nack pli");
        if (settings.feedback()) {
            lines.add("a=rtcp-fb:" + type + " transport-cc");
        }
        if (settings.repair()) {
            lines.add("a=rtcp-fb:" + type + " nack");
        }
        if (settings.repair() || settings.feedback()) {
            types.add(Integer.toString(type + 1));
            lines.add("a=rtpmap:" + (type + 1) + " rtx/90000");
            lines.add("a=fmtp:" + (type + 1) + " apt=" + type);
        }
    }

    private String text(List<String> types, List<String> codecs, String setup, String mid, List<String> extensions) {
        List<String> lines = new ArrayList<>(List.of(
                "v=0",
                "o=peer 1 1 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE " + mid,
                "m=video 9 UDP/TLS/RTP/SAVPF " + String.join(" ", types),
                "c=IN IP4 0.0.0.0",
                "a=rtcp:9 IN IP4 0.0.0.0",
                "a=ice-ufrag:" + ufrag,
                "a=ice-pwd:" + password,
                "a=ice-options:trickle",
                "a=fingerprint:sha-256 " + fingerprint,
                "a=setup:" + setup,
                "a=mid:" + mid,
                "a=recvonly",
                "a=rtcp-mux",
                "a=rtcp-rsize"));
        extensions.forEach(extension -> lines.add("a=extmap:" + extension));
        lines.addAll(codecs);
        return String.join("\r\n", lines) + "\r\n";
    }
}
