package dev.sightline.transport.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NegotiationTest {
    private static final CodecPreferences H264 = CodecPreferences.inOrder(List.of(Codec.H264));

    @Test
    void judge_chromiumWatches_vp8WithAllItUnderstands() throws Exception {
        Negotiated agreed = watch(Offers.CHROMIUM_WATCHES, CodecPreferences.ANY);

        assertThat(agreed.section()).isEqualTo(1);
        assertThat(agreed.mid()).contains("1");
        assertThat(agreed.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(agreed.format().codec()).isEqualTo(Codec.VP8);
        assertThat(agreed.format().payloadType()).isEqualTo(96);
        assertThat(agreed.format().retransmission()).hasValue(97);
        assertThat(agreed.format().profile()).isEmpty();
        assertThat(agreed.format().feedback()).containsExactly("nack", "nack pli", "ccm fir", "transport-cc");
        assertThat(agreed.extensions())
                .isEqualTo(Map.of(
                        HeaderExtension.MID, 4,
                        HeaderExtension.ABS_SEND_TIME, 2,
                        HeaderExtension.PLAYOUT_DELAY, 5,
                        HeaderExtension.TRANSPORT_SEQUENCE_NUMBER, 3));
        assertThat(agreed.extension(HeaderExtension.ABS_CAPTURE_TIME)).isEmpty();
        assertThat(agreed.reducedSizeRtcp()).isTrue();
        assertThat(agreed.connection().remoteFingerprint()).hasToString("Optional[sha-256 " + Offers.DIGEST + "]");
        assertThat(agreed.connection().remoteCredentials())
                .contains(new IceCredentials("4ZcD", "2/1muCWoOi3uLifh0NuRHlLZ"));
    }

    @Test
    void judge_h264Wished_constrainedBaselineInPacketsIsTaken() throws Exception {
        VideoFormat format = watch(Offers.CHROMIUM_WATCHES, H264).format();

        assertThat(format.payloadType()).isEqualTo(109);
        assertThat(format.retransmission()).hasValue(114);
        assertThat(format.profile()).contains(H264Profile.CONSTRAINED_BASELINE);
        assertThat(format.parameters())
                .isEqualTo(Map.of(
                        "level-asymmetry-allowed", "1", "packetization-mode", "1", "profile-level-id", "42e01f"));
    }

    @ParameterizedTest
    @CsvSource({"CONSTRAINED_BASELINE,109", "BASELINE,103", "HIGH,117", "CONSTRAINED_HIGH,117", "MAIN,117"})
    void judge_streamOfAnyProfile_leastFormatThatTakesIt(H264Profile profile, int payloadType) throws Exception {
        VideoFormat format =
                watch(Offers.CHROMIUM_WATCHES, H264.withPassthrough(profile)).format();
        assertThat(format.payloadType()).isEqualTo(payloadType);
    }

    @Test
    void judge_onlyHigherProfilesOffered_theLeastOfThem() throws Exception {
        String offer = Offers.CHROMIUM_WATCHES.replace("42e01f", "4d001f").replace("42001f", "F4001f");
        assertThat(watch(offer, H264).format().profile()).contains(H264Profile.MAIN);
        assertThat(watch(offer.replace("4d001f", "F4001f"), H264).format().profile())
                .contains(H264Profile.HIGH);
    }

    @Test
    void judge_orderOfCodecs_isTheOffersUnlessOneIsWished() throws Exception {
        VideoFormat safari = watch(Offers.SAFARI_WATCHES, CodecPreferences.ANY).format();
        assertThat(safari.codec()).isEqualTo(Codec.H264);
        assertThat(safari.payloadType()).isEqualTo(98);
        CodecPreferences vp8First = CodecPreferences.inOrder(List.of(Codec.VP8, Codec.H264));
        assertThat(watch(Offers.SAFARI_WATCHES, vp8First).format().payloadType())
                .isEqualTo(100);
        CodecPreferences h264First = CodecPreferences.inOrder(List.of(Codec.H264, Codec.VP8));
        assertThat(watch(Offers.FIREFOX_WATCHES, h264First).format().payloadType())
                .isEqualTo(120);
    }

    @Test
    void judge_firefoxAndAiortc_areServed() throws Exception {
        Negotiated firefox = watch(Offers.FIREFOX_WATCHES, CodecPreferences.ANY);
        assertThat(firefox.format().payloadType()).isEqualTo(120);
        assertThat(firefox.format().retransmission()).hasValue(124);
        assertThat(firefox.extension(HeaderExtension.PLAYOUT_DELAY)).hasValue(6);
        Negotiated aiortc = watch(Offers.AIORTC_WATCHES, CodecPreferences.ANY);
        assertThat(aiortc.format().payloadType()).isEqualTo(97);
        assertThat(watch(Offers.AIORTC_WATCHES, H264).format().payloadType()).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({"GSTREAMER,96,-1,0", "OBS,96,-1,1", "FFMPEG,106,105,1"})
    void judge_toolsThatPublish_areReceived(String tool, int payloadType, int retransmission, int section)
            throws Exception {
        String offer = switch (tool) {
            case "GSTREAMER" -> Offers.GSTREAMER_SENDS;
            case "OBS" -> Offers.OBS_SENDS;
            default -> Offers.FFMPEG_SENDS;
        };
        Negotiated agreed = judge(offer, Purpose.PUBLISH, CodecPreferences.ANY);
        assertThat(agreed.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(agreed.format().codec()).isEqualTo(Codec.H264);
        assertThat(agreed.format().payloadType()).isEqualTo(payloadType);
        assertThat(agreed.format().retransmission().orElse(-1)).isEqualTo(retransmission);
        assertThat(agreed.section()).isEqualTo(section);
    }

    @Test
    void judge_publisherOffersBothWays_pictureComeBackOnlyIfWanted() throws Exception {
        Negotiated published = judge(Offers.CHROMIUM_SENDS, Purpose.PUBLISH, CodecPreferences.ANY);
        assertThat(published.direction()).isEqualTo(Direction.RECVONLY);
        Negotiated both = judge(Offers.CHROMIUM_SENDS, Purpose.PUBLISH_AND_WATCH, CodecPreferences.ANY);
        assertThat(both.direction()).isEqualTo(Direction.SENDRECV);
        Negotiated oneWay = judge(Offers.OBS_SENDS, Purpose.PUBLISH_AND_WATCH, CodecPreferences.ANY);
        assertThat(oneWay.direction()).isEqualTo(Direction.RECVONLY);
        Negotiated watched = judge(Offers.CHROMIUM_SENDS, Purpose.WATCH, CodecPreferences.ANY);
        assertThat(watched.direction()).isEqualTo(Direction.SENDONLY);
    }

    @Test
    void judge_severalVideos_theFirstThatWillDo() throws Exception {
        String second = Offers.CHROMIUM_SENDS.substring(Offers.CHROMIUM_SENDS.indexOf("m=video"));
        String offer = Offers.CHROMIUM_SENDS.replace("VP8", "VP9").replace("H264", "H265")
                + second.replace("a=mid:0", "a=mid:1");
        assertThat(judge(offer, Purpose.PUBLISH, CodecPreferences.ANY).section())
                .isEqualTo(1);
        Negotiated first = judge(Offers.CHROMIUM_SENDS + second, Purpose.PUBLISH, CodecPreferences.ANY);
        assertThat(first.section()).isZero();
    }

    @Test
    void judge_sectionThatRidesInABundleOnly_usesTheBundlesTransport() throws Exception {
        String offer = Offers.CHROMIUM_WATCHES.replaceFirst(
                "(?s)(m=video) 9 (.*?)a=ice-ufrag.*?a=mid:1", "$1 0 $2a=bundle-only\na=mid:1");
        Negotiated agreed = watch(offer, CodecPreferences.ANY);
        assertThat(agreed.connection().remoteCredentials())
                .contains(new IceCredentials("4ZcD", "2/1muCWoOi3uLifh0NuRHlLZ"));
        assertThat(agreed.connection().remoteFingerprint()).isPresent();
    }

    @Test
    void judge_extensionsThatCannotBeUsed_areLeftOut() throws Exception {
        String offer = Offers.CHROMIUM_WATCHES
                .replace("a=extmap:5 ", "a=extmap:15 ")
                .replace("a=extmap:4 urn", "a=extmap:2 urn");
        assertThat(watch(offer, CodecPreferences.ANY).extensions()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m=video | m=text | the offer has no video: it has audio and text",
                "m=video 9 | m=video 0 | the offer's video is switched off (port 0)",
                "a=rtcp-mux | a=x | rtcp-mux is needed",
                "[VH]2?[P6][84](?=/90000) | VP9 | it offers no codec of ours (VP8, H264): it has VP9, AV1",
                "a=fingerprint:sha-256 | a=fingerprint:sha-1 | it has no fingerprint",
                "a=ice-pwd | a=x | it has no ice-ufrag and ice-pwd",
                "setup:actpass | setup:holdconn | it wants no connection now",
                "a=recvonly | a=sendonly | the offer takes no video (it is sendonly)",
                "a=recvonly | a=inactive | the offer takes no video (it is inactive)",
                "a=group | 'a=ice-lite\na=group' | it is ICE-lite, and so are we",
            })
    void judge_cannotBeServed_saysWhy(String what, String instead, String said) {
        String offer = Offers.CHROMIUM_WATCHES.replaceAll(what, instead);
        SdpException e = catchThrowableOfType(SdpException.class, () -> watch(offer, CodecPreferences.ANY));
        assertThat(e).hasMessageContaining(said);
        assertThat(e.isMalformed()).isFalse();
    }

    @Test
    void judge_h264InWholeUnitsOnly_isReceived_butCannotBeSent() throws Exception {
        String offer = Offers.OBS_SENDS.replace("packetization-mode=1;", "");
        Negotiated agreed = judge(offer, Purpose.PUBLISH, CodecPreferences.ANY);
        assertThat(agreed.format().codec()).isEqualTo(Codec.H264);
        assertThat(agreed.format().parameters()).containsEntry("packetization-mode", "0");
        String watching = offer.replace("a=sendonly", "a=recvonly");
        SdpException e = catchThrowableOfType(SdpException.class, () -> watch(watching, CodecPreferences.ANY));
        assertThat(e).hasMessageContaining("it has H264; H264 is taken with packetization-mode=1");
        String interleaved = Offers.OBS_SENDS.replace("packetization-mode=1", "packetization-mode=2");
        assertThat(catchThrowableOfType(
                        SdpException.class, () -> judge(interleaved, Purpose.PUBLISH, CodecPreferences.ANY)))
                .hasMessageContaining("no codec of ours");
    }

    @Test
    void judge_h264InUnitsWholeOrCut_cutOnesAreTaken() throws Exception {
        Negotiated agreed = judge(Offers.CHROMIUM_WATCHES.replace("a=recvonly", "a=sendonly"), Purpose.PUBLISH, H264);
        assertThat(agreed.format().payloadType()).isEqualTo(109);
        assertThat(agreed.format().parameters()).containsEntry("packetization-mode", "1");
    }

    @Test
    void judge_setup_theOtherSideBeginsUnlessItWaits() throws Exception {
        assertThat(watch(Offers.CHROMIUM_WATCHES, CodecPreferences.ANY)
                        .connection()
                        .setup())
                .isEqualTo(Setup.PASSIVE);
        assertThat(judge(Offers.FFMPEG_SENDS, Purpose.PUBLISH, CodecPreferences.ANY)
                        .connection()
                        .setup())
                .isEqualTo(Setup.PASSIVE);
        String waits = Offers.FFMPEG_SENDS.replace("setup:active", "setup:passive");
        assertThat(judge(waits, Purpose.PUBLISH, CodecPreferences.ANY)
                        .connection()
                        .setup())
                .isEqualTo(Setup.ACTIVE);
        RemoteDescription answer =
                RemoteDescription.parse(Offers.answer("abc").replace("setup:active", "setup:passive"));
        assertThat(Negotiation.completed(Negotiation.invitation(Codec.VP8, "abc"), answer)
                        .connection()
                        .setup())
                .isEqualTo(Setup.ACTIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q;h;f | a=rid:q send, a=rid:h send, a=rid:f send | f",
                "h;m;l | a=rid:h send, a=rid:m send, a=rid:l send | h",
                "low;high | a=rid:low send, a=rid:high send | high",
                "r0;r1;r2 | a=rid:r0 send, a=rid:r1 send, a=rid:r2 send | r2",
                "a;b | a=rid:a send max-width=1280;max-height=720, a=rid:b send max-width=640;max-height=360 | a",
                "hi;lo | a=rid:hi send, a=rid:lo send max-width=320;max-height=180 | hi",
                "h;q | a=rid:h send max-br=100, a=rid:q send max-br=900 | q",
                "1;~2 recv 3 | a=rid:1 send pt=96, a=rid:2 send, a=rid:3 recv | 2",
                "1 | a=rid:1 send | ''",
                "x | a=rid:1 send, a=rid:2 recv | ''",
            })
    void judge_simulcast_takesTheBestLayer(String sent, String rids, String best) throws Exception {
        String offer = Offers.CHROMIUM_SENDS + "a=simulcast:send " + sent + "\n" + rids.replace(", ", "\n") + "\n";
        assertThat(judge(offer, Purpose.PUBLISH, CodecPreferences.ANY).layer().orElse(""))
                .isEqualTo(best);
        assertThat(judge(offer, Purpose.WATCH, CodecPreferences.ANY).layer()).isEmpty();
    }

    @Test
    void judge_viewerComesToPublish_saysWhichAddressThisIs() {
        SdpException e = catchThrowableOfType(
                SdpException.class, () -> judge(Offers.CHROMIUM_WATCHES, Purpose.PUBLISH, CodecPreferences.ANY));
        assertThat(e).hasMessage("the offer sends no video (it is recvonly), but this is the address to publish to");
    }

    @Test
    void completed_answerToOurOffer_givesTheOtherSide() throws Exception {
        Negotiated offered = Negotiation.invitation(Codec.VP8, "abc");
        assertThat(offered.connection().remoteFingerprint()).isEmpty();

        Negotiated agreed = Negotiation.completed(offered, RemoteDescription.parse(Offers.answer("abc")));

        assertThat(agreed.connection().remoteFingerprint()).contains(new Fingerprint("sha-256", Offers.DIGEST));
        assertThat(agreed.connection().remoteCredentials())
                .contains(new IceCredentials("QQnp", "aXJ0uUeHGK3rTTbuJkuqjrbM"));
        assertThat(agreed.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(agreed.format().feedback()).containsExactly("nack", "nack pli");
        assertThat(agreed.format().retransmission()).hasValue(97);
        assertThat(agreed.extensions()).isEqualTo(Map.of(HeaderExtension.MID, 1, HeaderExtension.PLAYOUT_DELAY, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=mid:abc | a=mid:other | the answer has other sections than the offer",
                "m=video 9 | m=video 0 | the answer wants no video",
                "a=recvonly | a=inactive | the answer wants no video",
                "a=rtpmap:96 VP8 | a=rtpmap:98 VP8 | the answer does not take the one codec",
                "a=fingerprint | a=x | it has no fingerprint",
            })
    void completed_answerDoesNotFit_saysWhy(String what, String instead, String said) {
        String answer = Offers.answer("abc").replace(what, instead);
        SdpException e = catchThrowableOfType(
                SdpException.class,
                () -> Negotiation.completed(Negotiation.invitation(Codec.VP8, "abc"), RemoteDescription.parse(answer)));
        assertThat(e).hasMessageContaining(said);
    }

    @ParameterizedTest
    @EnumSource(H264Profile.class)
    void profile_takesItselfAndConstrainedBaseline(H264Profile profile) {
        assertThat(profile.takes(profile)).isTrue();
        assertThat(profile.takes(H264Profile.CONSTRAINED_BASELINE)).isTrue();
        assertThat(H264Profile.CONSTRAINED_BASELINE.takes(profile))
                .isEqualTo(profile == H264Profile.CONSTRAINED_BASELINE);
    }

    @ParameterizedTest
    @CsvSource({
        "42e01f,CONSTRAINED_BASELINE",
        "42C01F,CONSTRAINED_BASELINE",
        "42001f,BASELINE",
        "4d001f,MAIN",
        "4de01f,CONSTRAINED_BASELINE",
        "58e01f,CONSTRAINED_BASELINE",
        "58a01f,BASELINE",
        "640c1f,CONSTRAINED_HIGH",
        "64001f,HIGH",
        "f4001f,",
        "58001f,",
        "42e01,",
        "hello!,"
    })
    void profile_ofItsDigits(String digits, H264Profile profile) {
        assertThat(H264Profile.of(digits)).isEqualTo(java.util.Optional.ofNullable(profile));
    }

    private static Negotiated watch(String offer, CodecPreferences wishes) throws SdpException {
        return judge(offer, Purpose.WATCH, wishes);
    }

    private static Negotiated judge(String offer, Purpose purpose, CodecPreferences wishes) throws SdpException {
        return Negotiation.judge(RemoteDescription.parse(offer), purpose, wishes);
    }
}
