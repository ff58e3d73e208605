package dev.sightline.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Offers to watch by WebRTC, each good and of another ICE agent, of whom nothing else is heard. */
final class LonelyOffer {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final String SDP = """
            v=0
            o=peer 1 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:u%07d
            a=ice-pwd:aPasswordOf22Characters
            a=ice-options:trickle
            a=fingerprint:sha-256 %s
            a=setup:actpass
            a=mid:0
            a=recvonly
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            """.replace("\n", "\r\n");
    private static final String FINGERPRINT = "AB:".repeat(31) + "AB";

    private LonelyOffer() {}

    /** The next one. */
    static byte[] next() {
        return SDP.formatted(NUMBERS.incrementAndGet(), FINGERPRINT).getBytes(StandardCharsets.US_ASCII);
    }
}
