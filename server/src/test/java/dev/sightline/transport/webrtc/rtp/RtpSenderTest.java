package dev.sightline.transport.webrtc.rtp;

import static dev.sightline.transport.webrtc.rtp.Pictures.START_NANOS;
import static dev.sightline.transport.webrtc.rtp.Pictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.RtpTime;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Bye;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.FullIntraRequest;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Nack;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.PictureLoss;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReceiverReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Remb;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SenderReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SourceDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RtpSenderTest {
    private static final long SSRC = 0xfedcba98L;
    private static final long RTX_SSRC = 0x00000007L;
    private static final long MS = 1_000_000L;
    private static final SenderSettings PLAIN = Senders.plain(SSRC, 96, "sightline");

    private final Recorder recorder = new Recorder();
    private final AtomicInteger keyframesWanted = new AtomicInteger();
    private final RateControl rate = new RateControl(List.of(Pictures.VP8, Pictures.SMALL_VP8), START_NANOS);
    private final RtpFeed feed = new RtpFeed(Pictures.VP8);
    private final RtpSender sender = sender(Senders.withRtx(SSRC, 96, "sightline", RTX_SSRC));

    @Test
    void frame_severalPackets_runOnInNumberAndShareTheTimestamp() {
        EncodedFrame picture = picture(Codec.VP8, 1, true, 3_000);

        assertThat(sender.frame(feed, picture, START_NANOS)).isTrue();
        sender.frame(feed, picture(Codec.VP8, 2, false, 500), START_NANOS);

        assertThat(recorder.rtp).hasSize(4);
        int first = recorder.header(0).seq();
        for (int i = 0; i < 4; i++) {
            RtpHeader header = recorder.header(i);
            assertThat(header.seq()).isEqualTo(first + i & 0xFFFF);
            assertThat(header.ssrc()).isEqualTo(SSRC);
            assertThat(header.payloadType()).isEqualTo(96);
            assertThat(header.marker()).isEqualTo(i >= 2);
        }
        assertThat(recorder.header(0).timestamp()).isEqualTo(RtpTime.timestamp(picture));
        assertThat(recorder.header(2).timestamp()).isEqualTo(RtpTime.timestamp(picture));
        assertThat(recorder.rtp.get(0)).hasSameSizeAs(recorder.rtp.get(1));
    }

    @Test
    void frame_twoViewers_areGivenTheSamePayloads() {
        Recorder other = new Recorder();
        EncodedFrame picture = picture(Codec.VP8, 1, true, 30_000);
        new RtpSender(PLAIN, other, rate, () -> {}).frame(feed, picture, START_NANOS);

        assertThat(feed.packets(picture, START_NANOS)).isSameAs(feed.packets(picture, START_NANOS + MS));
        sender.frame(feed, picture, START_NANOS + MS);
        assertThat(recorder.payload(5)).isEqualTo(other.payload(5));
    }

    @Test
    void frame_everyExtension_standsInEveryPacket() {
        RtpSender extended = sender(new SenderSettings(
                SSRC,
                96,
                Optional.empty(),
                "sightline",
                new SenderSettings.Extensions(
                        Optional.of(new SenderSettings.Mid(4, "0")),
                        OptionalInt.of(2),
                        OptionalInt.of(9),
                        OptionalInt.of(6),
                        OptionalInt.empty())));
        extended.frame(feed, picture(Codec.VP8, 1, true, 3_000), START_NANOS + 500 * MS);

        for (int i = 0; i < 3; i++) {
            String sendTime = String.format("%06x", NtpTime.absoluteSendTime(START_NANOS + 500 * MS));
            String captureTime = String.format("%016x", NtpTime.ofNanos(Pictures.timeOf(1)));
            assertThat(Hex.text(recorder.rtp.get(i)).substring(2 * RtpHeader.FIXED_SIZE))
                    .startsWith("bede0005" + "22" + sendTime + "4030" + "62000000" + "97" + captureTime + "00");
        }
    }

    @Test
    void absoluteSendTime_isSixBitsOfSecondsAndEighteenOfFraction() {
        assertThat(NtpTime.absoluteSendTime(1_500_000_000L)).isEqualTo((int) ((2_208_988_801L & 63) << 18 | 1 << 17));
    }

    @Test
    void frame_noKeyframeYet_isWithheld() {
        assertThat(sender.frame(feed, picture(Codec.VP8, 1, false, 500), START_NANOS))
                .isFalse();

        assertThat(recorder.rtp).isEmpty();
        assertThat(sender.statistics().frames().withheld()).isEqualTo(1);
    }

    @Test
    void frame_anotherFeedThatLagsBehind_runsOnInNumberAndTime() {
        RtpFeed small = new RtpFeed(Pictures.SMALL_VP8);
        sender.frame(feed, picture(Codec.VP8, 1, true, 500), START_NANOS);
        sender.frame(feed, picture(Codec.VP8, 3, false, 500), START_NANOS);

        sender.frame(small, picture(Codec.VP8, 2, true, 300), START_NANOS);
        sender.frame(small, picture(Codec.VP8, 3, false, 300), START_NANOS);
        EncodedFrame last = picture(Codec.VP8, 4, false, 300);
        sender.frame(small, last, START_NANOS);

        long shown = recorder.header(1).timestamp();
        assertThat(recorder.header(2).timestamp()).isEqualTo(shown + 1);
        assertThat(recorder.header(3).timestamp()).isEqualTo(shown + 2);
        assertThat(recorder.header(4).timestamp()).isEqualTo(RtpTime.timestamp(last));
        assertThat(recorder.header(4).seq()).isEqualTo(recorder.header(0).seq() + 4 & 0xFFFF);
    }

    @Test
    void nack_withRtx_isAnsweredInTheOtherStream() {
        sender.frame(feed, picture(Codec.VP8, 1, true, 3_000), START_NANOS);
        int lost = recorder.header(1).seq();

        sender.rtcp(List.of(new Nack(SSRC, List.of(lost))), START_NANOS + 50 * MS);

        assertThat(recorder.rtp).hasSize(4);
        assertThat(recorder.header(3).ssrc()).isEqualTo(RTX_SSRC);
        assertThat(recorder.header(3).payloadType()).isEqualTo(97);
        assertThat(recorder.header(3).timestamp()).isEqualTo(recorder.header(1).timestamp());
        assertThat(Hex.text(recorder.payload(3)))
                .isEqualTo(String.format("%04x", lost) + Hex.text(recorder.payload(1)));
        assertThat(sender.statistics().retransmissions().packets()).isEqualTo(1);
    }

    @Test
    void nack_withoutRtx_isAnsweredByTheVerySamePacket() {
        RtpSender plain = sender(new SenderSettings(
                SSRC,
                96,
                Optional.empty(),
                "sightline",
                new SenderSettings.Extensions(
                        Optional.empty(),
                        OptionalInt.of(2),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty())));
        plain.frame(feed, picture(Codec.VP8, 1, true, 3_000), START_NANOS);

        plain.rtcp(List.of(new Nack(SSRC, List.of(recorder.header(1).seq()))), START_NANOS + 50 * MS);

        assertThat(recorder.rtp.get(3)).isEqualTo(recorder.rtp.get(1));
    }

    @Test
    void nack_repeatedAtOnce_isAnsweredOnceInHalfARoundTrip() {
        sender.frame(feed, picture(Codec.VP8, 1, true, 500), START_NANOS);
        Nack nack = new Nack(SSRC, List.of(recorder.header(0).seq()));

        sender.rtcp(List.of(nack, nack), START_NANOS + 10 * MS);
        sender.rtcp(List.of(nack), START_NANOS + 40 * MS);
        assertThat(recorder.rtp).hasSize(2);

        sender.rtcp(List.of(nack), START_NANOS + 70 * MS);
        assertThat(recorder.rtp).hasSize(3);
    }

    @Test
    void nack_packetsNoLongerKeptOrNeverSent_areUnrecoverable() {
        sender.frame(feed, picture(Codec.VP8, 1, true, 500), START_NANOS);
        int first = recorder.header(0).seq();
        sender.frame(feed, picture(Codec.VP8, 2, false, 500), START_NANOS + 2_000 * MS);

        sender.rtcp(List.of(new Nack(SSRC, List.of(first, first + 20_000 & 0xFFFF))), START_NANOS + 2_001 * MS);

        assertThat(recorder.rtp).hasSize(2);
        assertThat(sender.statistics().retransmissions().unrecoverable()).isEqualTo(2);
    }

    @Test
    void nack_forEverythingAllTheTime_isHeldToTheVideosOwnRate() {
        long bytes = 0;
        for (int i = 0; i < 300; i++) {
            long now = START_NANOS + i * 33 * MS;
            int from = recorder.rtp.size();
            sender.frame(feed, picture(Codec.VP8, i + 1, i == 0, 8_000), now);
            List<Integer> seqs = new ArrayList<>();
            for (int sent = from; sent < recorder.rtp.size(); sent++) {
                seqs.add(recorder.header(sent).seq());
            }
            for (int again = 1; again < 4; again++) {
                sender.rtcp(List.of(new Nack(SSRC, seqs)), now + again * 150 * MS);
            }
        }
        bytes = sender.statistics().retransmissions().bytes();

        assertThat(bytes * 8 / 10).isBetween(1_000_000L, 2_300_000L);
        assertThat(sender.statistics().retransmissions().withheld()).isPositive();
    }

    @Test
    void nack_anyPacketOfTheLastPictures_isAnsweredByThatPacket() {
        for (int i = 0; i < 300; i++) {
            sender.frame(feed, picture(Codec.VP8, i + 1, i == 0, i % 3 * 1_500 + 100), START_NANOS + i * 33 * MS);
        }
        int sent = recorder.rtp.size();
        long now = START_NANOS + 300 * 33 * MS;

        for (int lost = sent - 30; lost < sent; lost++) {
            sender.rtcp(List.of(new Nack(SSRC, List.of(recorder.header(lost).seq()))), now);
            assertThat(Hex.text(recorder.payload(recorder.rtp.size() - 1)))
                    .isEqualTo(String.format("%04x", recorder.header(lost).seq()) + Hex.text(recorder.payload(lost)));
        }
        assertThat(sender.statistics().retransmissions().packets()).isEqualTo(30);
    }

    @Test
    void nack_parameterSetsOfAnotherRendition_wantsAnotherKeyframe() {
        RtpFeed video = new RtpFeed(Pictures.H264);
        sender.frame(feed, picture(Codec.VP8, 1, true, 500), START_NANOS);
        sender.frame(video, picture(Codec.H264, 2, true, 3_000), START_NANOS + 33 * MS);
        sender.frame(video, picture(Codec.H264, 3, true, 3_000), START_NANOS + 66 * MS);

        sender.rtcp(List.of(new Nack(SSRC, List.of(recorder.header(2).seq()))), START_NANOS + 80 * MS);
        assertThat(keyframesWanted).hasValue(0);
        sender.rtcp(List.of(new Nack(SSRC, List.of(recorder.header(1).seq()))), START_NANOS + 90 * MS);
        assertThat(keyframesWanted).hasValue(1);
        sender.rtcp(List.of(new Nack(SSRC, List.of(recorder.header(4).seq()))), START_NANOS + 100 * MS);
        assertThat(keyframesWanted).hasValue(1);
    }

    @Test
    void report_lossWhenAnotherRenditionBegan_wantsAnotherKeyframe() {
        RtpFeed video = new RtpFeed(Pictures.H264);
        sender.frame(feed, picture(Codec.VP8, 1, true, 500), START_NANOS);
        sender.rtcp(List.of(new ReceiverReport(1, List.of(report(0, 0)))), START_NANOS + 20 * MS);
        sender.frame(video, picture(Codec.H264, 2, true, 3_000), START_NANOS + 33 * MS);

        sender.rtcp(List.of(new ReceiverReport(1, List.of(report(0, 0)))), START_NANOS + 60 * MS);
        assertThat(keyframesWanted).hasValue(0);
        sender.rtcp(List.of(new ReceiverReport(1, List.of(report(2, 1)))), START_NANOS + 90 * MS);
        assertThat(keyframesWanted).hasValue(1);
    }

    /** What the viewer says when it has got this packet and lost so many. */
    private ReportBlock report(int packet, int lost) {
        return new ReportBlock(SSRC, 0, lost, recorder.header(packet).seq(), 0, 0, 0);
    }

    @Test
    void nack_thousandsAtOnce_areLookedForOnlyUpToABound() {
        sender.frame(feed, picture(Codec.VP8, 1, true, 500), START_NANOS);
        List<Integer> many = IntStream.range(0, 8_500).boxed().toList();

        sender.rtcp(List.of(new Nack(SSRC, many)), START_NANOS + 50 * MS);

        assertThat(sender.statistics().retransmissions().nacked()).isEqualTo(8_500);
        assertThat(sender.statistics().retransmissions().withheld()).isEqualTo(7_500);
    }

    @Test
    void keyframeRequests_repeatedFullIntraRequest_countsOnce() {
        sender.rtcp(List.of(new PictureLoss(SSRC), new PictureLoss(1)), START_NANOS);
        sender.rtcp(List.of(new FullIntraRequest(SSRC, 3)), START_NANOS);
        sender.rtcp(List.of(new FullIntraRequest(SSRC, 3)), START_NANOS);

        assertThat(keyframesWanted).hasValue(2);
        assertThat(sender.statistics().keyframeRequests()).isEqualTo(2);
    }

    @Test
    void tick_eachSecond_reportsByThePicturesOwnClock() {
        sender.tick(START_NANOS);
        assertThat(recorder.rtcp).isEmpty();
        sender.frame(feed, picture(Codec.VP8, 1, true, 3_000), START_NANOS);
        for (int i = 0; i <= 20; i++) {
            sender.tick(START_NANOS + i * 100 * MS);
        }

        assertThat(recorder.rtcp).hasSize(3);
        long at = START_NANOS + 1_000 * MS;
        assertThat(recorder.read(1))
                .containsExactly(
                        new SenderReport(SSRC, NtpTime.ofNanos(at), RtpTime.ofNanos(at), 3, 3_003, List.of()),
                        new SourceDescription(SSRC, "sightline"));
    }

    @Test
    void report_ofTheViewer_tellsRoundTripLossAndJitter() {
        long lastReport = NtpTime.middle(NtpTime.ofNanos(START_NANOS));
        ReportBlock block = new ReportBlock(SSRC, 25, 4, 100, 900, lastReport, 65_536 / 2);

        sender.rtcp(
                List.of(new ReceiverReport(9, List.of(block)), new Remb(700_000, List.of(SSRC))),
                START_NANOS + 560 * MS);

        SenderStatistics.Report statistics = sender.statistics().report();
        assertThat(statistics.roundTripNanos().orElseThrow()).isBetween(59 * MS, 61 * MS);
        assertThat(statistics.jitterNanos()).hasValue(10 * MS);
        assertThat(statistics.lost()).isEqualTo(4);
        assertThat(statistics.remb()).hasValue(700_000);
    }

    @Test
    void bye_endsWithIt() {
        sender.bye(START_NANOS);

        assertThat(recorder.read(0)).last().isEqualTo(new Bye(List.of(SSRC)));
    }

    private RtpSender sender(SenderSettings settings) {
        return new RtpSender(settings, recorder, rate, keyframesWanted::incrementAndGet);
    }
}
