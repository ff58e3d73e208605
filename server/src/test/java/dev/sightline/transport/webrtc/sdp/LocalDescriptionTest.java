package dev.sightline.transport.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalDescriptionTest {
    private static final LocalParameters OURS = new LocalParameters(
            new IceCredentials("ourU", "our-password-of-22-and-more"),
            "sha-256 " + Offers.DIGEST,
            List.of(
                    "candidate:1 1 udp 2130706431 192.0.2.1 8190 typ host",
                    "candidate:2 1 tcp 2105524479 192.0.2.1 8190 typ host tcptype passive"),
            4_711,
            111,
            222,
            "cn");

    @Test
    void answer_chromiumWatches_soundIsInactiveInItsPlaceAndVideoTaken() throws Exception {
        RemoteDescription offer = RemoteDescription.parse(Offers.CHROMIUM_WATCHES);
        Negotiated agreed = Negotiation.judge(offer, Purpose.WATCH, CodecPreferences.ANY);

        assertThat(LocalDescription.answer(offer, agreed, OURS))
                .isEqualTo("""
                v=0
                o=- 4711 1 IN IP4 0.0.0.0
                s=-
                t=0 0
                a=ice-lite
                a=group:BUNDLE 0 1
                a=msid-semantic: WMS *
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=mid:0
                a=rtpmap:111 opus/48000/2
                a=inactive
                a=rtcp-mux
                a=ice-ufrag:ourU
                a=ice-pwd:our-password-of-22-and-more
                a=fingerprint:sha-256 %1$s
                a=setup:passive
                a=candidate:1 1 udp 2130706431 192.0.2.1 8190 typ host
                a=candidate:2 1 tcp 2105524479 192.0.2.1 8190 typ host tcptype passive
                a=end-of-candidates
                m=video 9 UDP/TLS/RTP/SAVPF 96 97
                c=IN IP4 0.0.0.0
                a=mid:1
                a=sendonly
                a=ice-ufrag:ourU
                a=ice-pwd:our-password-of-22-and-more
                a=fingerprint:sha-256 %1$s
                a=setup:passive
                a=rtcp-mux
                a=rtcp-rsize
                a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
                a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
                a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=rtcp-fb:96 ccm fir
                a=rtcp-fb:96 transport-cc
                a=rtpmap:97 rtx/90000
                a=fmtp:97 apt=96
                a=msid:sightline video
                a=ssrc-group:FID 111 222
                a=ssrc:111 cname:cn
                a=ssrc:111 msid:sightline video
                a=ssrc:222 cname:cn
                a=ssrc:222 msid:sightline video
                a=candidate:1 1 udp 2130706431 192.0.2.1 8190 typ host
                a=candidate:2 1 tcp 2105524479 192.0.2.1 8190 typ host tcptype passive
                a=end-of-candidates
                """.formatted(Offers.DIGEST).replace("\n", "\r\n"));
    }

    @Test
    void answer_obsSends_noSourcesOfOursAndNothingItDidNotOffer() throws Exception {
        RemoteDescription offer = RemoteDescription.parse(Offers.OBS_SENDS);
        Negotiated agreed = Negotiation.judge(offer, Purpose.PUBLISH, CodecPreferences.ANY);

        String answer = LocalDescription.answer(offer, agreed, OURS);

        assertThat(answer)
                .contains("a=recvonly\r\n")
                .contains("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n")
                .contains("a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n")
                .doesNotContain("a=ssrc", "a=msid:", "rtx", "rtcp-rsize", "extmap", "ccm fir");
    }

    @Test
    void answer_isReadAsWhatItSays() throws Exception {
        RemoteDescription offer = RemoteDescription.parse(Offers.CHROMIUM_SENDS);
        Negotiated agreed = Negotiation.judge(offer, Purpose.PUBLISH_AND_WATCH, CodecPreferences.ANY);

        RemoteDescription answer = RemoteDescription.parse(LocalDescription.answer(offer, agreed, OURS));

        assertThat(answer.iceLite()).isTrue();
        assertThat(answer.bundle()).containsExactly("0");
        MediaSection video = answer.sections().get(0);
        assertThat(video.direction()).isEqualTo(Direction.SENDRECV);
        assertThat(video.transport().credentials()).contains(OURS.credentials());
        assertThat(video.transport().setup()).contains(Setup.PASSIVE);
        assertThat(video.rtp().retransmissionOf(96)).hasValue(97);
    }

    @Test
    void answer_offerWithoutBundleAndMid_hasNoneEither() throws Exception {
        String bare = Offers.GSTREAMER_SENDS.replaceAll("a=(group|mid).*\n", "");
        RemoteDescription offer = RemoteDescription.parse(bare);
        Negotiated agreed = Negotiation.judge(offer, Purpose.PUBLISH, CodecPreferences.ANY);
        assertThat(LocalDescription.answer(offer, agreed, OURS)).doesNotContain("a=group", "a=mid");
    }

    @Test
    void answer_furtherSections_rideInactiveOnlyInTheSameBundle() throws Exception {
        String sent = Offers.CHROMIUM_SENDS.replace("BUNDLE 0", "BUNDLE 0 1 2");
        String video = sent.substring(sent.indexOf("m=video"));
        String offer = sent + video.replace("a=mid:0", "a=mid:1") + video.replace("a=mid:0", "a=mid:9");
        assertThat(sections(offer)).containsExactly("9 recvonly", "9 inactive", "0 inactive");
        assertThat(sections(offer.replace("BUNDLE 0 1 2", "LS 0 1 2")))
                .containsExactly("9 recvonly", "0 inactive", "0 inactive");
        String off = sent + video.replace("a=mid:0", "a=mid:1").replaceFirst("m=video \\d+", "m=video 0");
        assertThat(sections(off)).containsExactly("9 recvonly", "0 inactive");
        assertThat(sections(off + "a=bundle-only\n")).containsExactly("9 recvonly", "9 inactive");
    }

    /** Port and direction of each section of the answer to a publisher. */
    private static List<String> sections(String text) throws SdpException {
        RemoteDescription offer = RemoteDescription.parse(text);
        Negotiated agreed = Negotiation.judge(offer, Purpose.PUBLISH, CodecPreferences.ANY);
        return RemoteDescription.parse(LocalDescription.answer(offer, agreed, OURS)).sections().stream()
                .map(section ->
                        section.line().port() + " " + section.direction().attribute())
                .toList();
    }

    @Test
    void answer_simulcast_asksForOneLayer() throws Exception {
        RemoteDescription offer =
                RemoteDescription.parse(Offers.CHROMIUM_SENDS + "a=rid:lo send\na=rid:hi send\na=simulcast:send lo;hi\n"
                        + "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\n");
        Negotiated agreed = Negotiation.judge(offer, Purpose.PUBLISH, CodecPreferences.ANY);
        assertThat(LocalDescription.answer(offer, agreed, OURS))
                .contains("a=rid:hi recv\r\na=simulcast:recv hi\r\n")
                .contains("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n")
                .doesNotContain("lo");
    }

    @Test
    void answer_dataSection_ridesWhereItIsBundled_elseItIsRejected() throws Exception {
        String data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:d\na=sctp-port:5000\n";
        String bundled = Offers.FIREFOX_WATCHES.replaceFirst("a=group:BUNDLE .*", "$0 d");

        assertThat(answer(bundled + data))
                .containsPattern("a=group:BUNDLE .* d\r\n")
                .contains("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:d\r\n"
                        + "a=sctp-port:5000\r\na=ice-ufrag:ourU\r\n");
        assertThat(answer(bundled + data.replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5001")))
                .contains("m=application 9 DTLS/SCTP 5001\r\n", "a=sctpmap:5001 webrtc-datachannel 65535\r\n");
        assertThat(answer(Offers.FIREFOX_WATCHES + data))
                .endsWith("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                        + "c=IN IP4 0.0.0.0\r\na=mid:d\r\na=inactive\r\n");
    }

    private static String answer(String watching) throws SdpException {
        RemoteDescription offer = RemoteDescription.parse(watching);
        return LocalDescription.answer(offer, Negotiation.judge(offer, Purpose.WATCH, CodecPreferences.ANY), OURS);
    }

    @Test
    void offer_invitation_oneCodecAndTheOtherSideBegins() throws Exception {
        String offer = LocalDescription.offer(Negotiation.invitation(Codec.H264, "abc"), OURS);

        RemoteDescription read = RemoteDescription.parse(offer);
        MediaSection video = read.sections().get(0);
        assertThat(read.iceLite()).isTrue();
        assertThat(read.bundle()).containsExactly("abc");
        assertThat(video.mid()).contains("abc");
        assertThat(video.transport().setup()).contains(Setup.ACTPASS);
        assertThat(video.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(video.rtp().codecs()).extracting(PayloadFormat::name).containsExactly("H264", "rtx");
        assertThat(offer)
                .contains("a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n")
                .endsWith("a=end-of-candidates\r\n");
        assertThat(LocalDescription.offer(Negotiation.invitation(Codec.VP8, "abc"), OURS))
                .contains("a=rtpmap:96 VP8/90000\r\n")
                .doesNotContain("fmtp:96");
    }

    @Test
    void fragment_restart_givesCredentialsAndCandidates() throws Exception {
        String text = LocalDescription.fragment(Negotiation.invitation(Codec.VP8, "0"), OURS);

        Fragment fragment = Fragment.parse(text);
        assertThat(text).startsWith("a=ice-lite\r\na=group:BUNDLE 0\r\nm=video 9 ");
        assertThat(fragment.credentials()).contains(OURS.credentials());
        assertThat(fragment.mids()).containsExactly("0");
        assertThat(fragment.candidates()).hasSize(2);
        assertThat(fragment.complete()).isTrue();
    }
}
