package dev.sightline.transport.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteDescriptionTest {

    @Test
    void parse_chromium_givesAllThatIsSaid() throws Exception {
        RemoteDescription offer = RemoteDescription.parse(Offers.CHROMIUM_WATCHES);

        assertThat(offer.bundle()).containsExactly("0", "1");
        assertThat(offer.iceLite()).isFalse();
        assertThat(offer.sections())
                .extracting(section -> section.line().kind())
                .containsExactly("audio", "video");
        MediaSection video = offer.sections().get(1);
        assertThat(video.mid()).contains("1");
        assertThat(video.isRejected()).isFalse();
        assertThat(video.line().protocol()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(video.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(video.rtp().rtcpMux()).isTrue();
        assertThat(video.rtp().reducedSizeRtcp()).isTrue();
        assertThat(video.transport().credentials()).contains(new IceCredentials("4ZcD", "2/1muCWoOi3uLifh0NuRHlLZ"));
        assertThat(video.transport().fingerprint()).contains(new Fingerprint("sha-256", Offers.DIGEST));
        assertThat(video.transport().setup()).contains(Setup.ACTPASS);
        assertThat(video.rtp().extensions())
                .containsEntry(HeaderExtension.PLAYOUT_DELAY.uri(), 5)
                .containsEntry(HeaderExtension.MID.uri(), 4);
        assertThat(video.rtp().retransmissionOf(109)).hasValue(114);
        PayloadFormat vp8 = video.rtp().codecs().get(0);
        assertThat(vp8.rtpmap()).isEqualTo("96 VP8/90000");
        assertThat(vp8.feedback()).containsExactly("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");
        assertThat(video.rtp().codecs())
                .filteredOn(codec -> codec.payloadType() == 109)
                .singleElement()
                .extracting(PayloadFormat::parameters)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("profile-level-id", "42e01f")
                .containsEntry("packetization-mode", "1");
        assertThat(offer.sections().get(0).rtp().codecs().get(0).rtpmap()).isEqualTo("111 opus/48000/2");
    }

    @Test
    void parse_firefox_sectionInheritsWhatStandsAboveIt() throws Exception {
        MediaSection video =
                RemoteDescription.parse(Offers.FIREFOX_WATCHES).sections().get(0);

        assertThat(video.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(video.transport().fingerprint()).contains(new Fingerprint("sha-256", Offers.DIGEST));
        assertThat(video.rtp().extensions()).containsEntry(HeaderExtension.PLAYOUT_DELAY.uri(), 6);
        String bare = Offers.FIREFOX_WATCHES.replace("a=recvonly\n", "");
        assertThat(RemoteDescription.parse(bare).sections().get(0).direction()).isEqualTo(Direction.SENDRECV);
    }

    @Test
    void parse_severalFingerprints_sha256IsTaken() throws Exception {
        TransportSide side =
                RemoteDescription.parse(Offers.AIORTC_WATCHES).sections().get(0).transport();

        assertThat(side.fingerprints()).extracting(Fingerprint::hash).containsExactly("sha-512", "sha-256");
        assertThat(side.fingerprint()).contains(new Fingerprint("sha-256", Offers.DIGEST));
    }

    @Test
    void parse_simulcast_givesItsNames() throws Exception {
        String offer = Offers.CHROMIUM_SENDS + "a=rid:h send\na=rid:l send\na=simulcast:send h;l\n";
        assertThat(RemoteDescription.parse(offer).sections().get(0).rtp().layer())
                .contains("h");
    }

    @Test
    void parse_feedbackForAll_countsForEveryCodec() throws Exception {
        String offer = Offers.OBS_SENDS + "a=rtcp-fb:* ccm fir\n";
        assertThat(RemoteDescription.parse(offer)
                        .sections()
                        .get(1)
                        .rtp()
                        .codecs()
                        .get(0)
                        .feedback())
                .contains("ccm fir", "nack pli");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | does not begin with v=0",
                "hello | does not begin with v=0",
                "'v=0\nnonsense' | line 2 is not a line of SDP: nonsense",
                "'v=0\na=mid:0\ra=x' | line 2 is not a line of SDP: a=mid:0?a=x",
                "'v=0\nm=video' | a section begins with m=",
                "'v=0\nm=video x UDP 96' | a port is a number up to 65535, not x",
                "'v=0\nm=video 99999 UDP 96' | a port is a number up to 65535, not 99999",
                "'v=0\nm=video 9 UDP 96\na=rtpmap:96 VP8' | names an encoding and its clock rate",
                "'v=0\nm=video 9 UDP 96\na=rtpmap:96 VP8/99999999999' | a clock rate",
                "'v=0\nm=video 9 UDP 200\na=rtpmap:200 VP8/90000' | a payload type is a number up to 127",
                "'v=0\nm=video 9 UDP 96\na=extmap:x urn:y' | an extension's id",
                "'v=0\nm=video 9 UDP 96\na=extmap:1' | gives an id and a URI",
                "'v=0\nm=video 9 UDP 96\na=setup:perhaps' | setup is actpass, active or passive, not 'perhaps'",
                "'v=0\nm=video 9 UDP 96\na=fingerprint:sha-256 AB:CD' | is not a sha-256 digest",
                "'v=0\nm=video 9 UDP 96\na=ice-ufrag:ab\na=ice-pwd:short' | ice-ufrag has 4 to 256 characters",
            })
    void parse_malformed_saysWhatIsWrong(String text, String said) {
        SdpException e = catchThrowableOfType(SdpException.class, () -> RemoteDescription.parse(text));
        assertThat(e).hasMessageContaining(said);
        assertThat(e.isMalformed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=ssrc:1 cname:x\n", "a=rtcp-fb:* x%d\n", "a=candidate:%d\n", "a=extmap:%d urn:%1$d\n"})
    void parse_repeatedLine_isReadInTimeAndMemoryInProportion(String line) throws Exception {
        StringBuilder text = new StringBuilder("v=0\nm=video 9 UDP 96\na=rtpmap:96 VP8/90000\n");
        for (int i = 1; text.length() < 60_000; i++) {
            text.append(line.formatted(i));
        }
        assertThat(RemoteDescription.parse(text.toString()).sections()).hasSize(1);
    }

    @Test
    void parse_tooLong_refused() {
        String long1 = "v=0\n" + "a=x\n".repeat(20_000);
        assertThatThrownBy(() -> RemoteDescription.parse(long1)).hasMessageContaining("longer than 65536");
        String wide = "v=0\n" + "m=video 9 UDP 96\n".repeat(65);
        assertThatThrownBy(() -> RemoteDescription.parse(wide)).hasMessageContaining("more than 64 sections");
    }

    @Test
    void parse_unusualButLegal_isTaken() throws Exception {
        String text = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n\r\nm=video 5004/2 RTP/AVP 96\r\n"
                + "a=fingerprint:SHA-256 " + Offers.DIGEST.toLowerCase(java.util.Locale.ROOT)
                + "\r\na=fingerprint:md5 00:11\r\na=mid:\r\na=fmtp:96\r\na=rtpmap:96\r\na=ssrc-group:FID 1\r\na=:\r\na=\r\n";
        MediaSection video = RemoteDescription.parse(text).sections().get(0);
        assertThat(video.line().port()).isEqualTo(5004);
        assertThat(video.mid()).isEmpty();
        assertThat(video.rtp().codecs()).isEmpty();
        assertThat(video.transport().fingerprints()).isEqualTo(List.of(new Fingerprint("sha-256", Offers.DIGEST)));
    }
}
