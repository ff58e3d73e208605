package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Bye;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Nack;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.PictureLoss;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReceiverReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Remb;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SenderReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpReceiverTest {
    private static final long MS = 1_000_000L;
    private static final long SOURCE = 0xcafe0001L;
    private static final ReceiverSettings SETTINGS =
            new ReceiverSettings(Codec.VP8, 96, OptionalInt.of(97), 3, "sightline", 4_000_000);

    private final Recorder recorder = new Recorder();
    private final List<ReceivedFrame> frames = new ArrayList<>();
    private final RtpReceiver receiver = new RtpReceiver(SETTINGS, recorder, frames::add);
    private long now = 1_000 * MS;

    @Test
    void rtp_keyframeAndInterFrame_areHandedOnAtOnce() {
        video(65_535, 3_000, true, "10 9c01");
        video(0, 6_000, true, "10 9d02");

        assertThat(frames).extracting(frame -> Hex.text(frame.bytes())).containsExactly("9c01", "9d02");
        assertThat(frames).extracting(ReceivedFrame::keyframe).containsExactly(true, false);
        assertThat(frames).extracting(ReceivedFrame::rtpTimestamp).containsExactly(3_000L, 6_000L);
    }

    @Test
    void rtp_beginningInTheMiddle_waitsForAKeyframeAndAsksForIt() {
        video(1, 3_000, true, "00 01");
        assertThat(said(PictureLoss.class)).containsExactly(new PictureLoss(SOURCE));
        video(2, 6_000, true, "10 9d");
        pass(450);
        assertThat(said(PictureLoss.class)).hasSize(1);
        pass(150);
        assertThat(frames).isEmpty();
        assertThat(said(PictureLoss.class)).hasSize(2);

        video(3, 9_000, true, "10 9c");
        assertThat(frames).hasSize(1);
    }

    @Test
    void rtp_gap_isAskedForOncePerRoundTrip_andThenGivenUp() {
        video(1, 3_000, true, "10 9c");
        video(4, 9_000, true, "10 9d");
        pass(380);
        assertThat(said(Nack.class)).hasSize(3).allMatch(nack -> nack.equals(new Nack(SOURCE, List.of(2, 3))));

        pass(150);
        assertThat(receiver.statistics().arrivals().lost()).isEqualTo(2);
        assertThat(said(PictureLoss.class)).isNotEmpty();
        assertThat(frames).hasSize(1);
    }

    @Test
    void rtp_gapFilledByRtx_goesOnInOrder() {
        video(1, 3_000, true, "10 9c");
        video(3, 9_000, true, "10 9d03");
        pass(20);
        again(2, 6_000, true, "10 9d02");

        assertThat(frames).extracting(frame -> Hex.text(frame.bytes())).containsExactly("9c", "9d02", "9d03");
        assertThat(receiver.statistics().arrivals().repaired()).isEqualTo(1);
    }

    @Test
    void rtp_keyframeBehindAGap_isNotHeldBackByIt() {
        video(1, 3_000, true, "10 9d");
        video(9, 9_000, false, "10 9c01");
        video(10, 9_000, true, "00 02");

        assertThat(frames).extracting(frame -> Hex.text(frame.bytes())).containsExactly("9c0102");
    }

    @Test
    void rtp_anotherSource_isForeignUntilTheFirstIsSilent() {
        video(1, 3_000, true, "10 9c");
        packet(96, 7, 100, 3_000, true, "10 9c");
        assertThat(frames).hasSize(1);
        assertThat(receiver.statistics().arrivals().foreign()).isEqualTo(1);

        pass(1_100);
        packet(96, 7, 101, 3_000, true, "10 9c");
        assertThat(frames).hasSize(2);
    }

    @Test
    void rtp_oneStrayNumber_isPassedOver_twoInSequenceBeginAnew() {
        video(1, 3_000, true, "10 9c");
        video(30_000, 6_000, true, "10 9d");
        video(2, 6_000, true, "10 9d");
        assertThat(frames).hasSize(2);

        video(40_000, 9_000, true, "10 9c");
        video(40_001, 9_000, true, "10 9c");
        assertThat(frames).hasSize(3);
    }

    @Test
    void rtp_longGap_isLostAndAKeyframeAskedForInstead() {
        video(1, 3_000, true, "10 9c");
        video(1_000, 9_000, true, "10 9d");
        pass(600);
        assertThat(said(Nack.class)).isEmpty();
        assertThat(said(PictureLoss.class)).isNotEmpty();
        assertThat(receiver.statistics().arrivals().lost()).isEqualTo(998);
    }

    @Test
    void rtp_pictureWithoutEnd_isGivenUpAtItsBound() {
        String much = "00" + "01".repeat(1_200);
        video(0, 3_000, false, "10 9c");
        for (int seq = 1; seq < 4_000; seq++) {
            video(seq, 3_000, false, much);
        }
        video(4_000, 3_000, true, "00 01");
        video(4_001, 6_000, true, "10 9c");

        assertThat(frames).hasSize(1);
        assertThat(receiver.statistics().framesDropped()).isEqualTo(1);
    }

    @Test
    void tick_eachSecond_reportsAndAllowsTheRate() {
        receiver.rtcp(List.of(new SenderReport(SOURCE, 0, 0, 0, 0, List.of())), now);
        video(1, 3_000, true, "10 9c");
        receiver.tick(now);
        long ntp = NtpTime.ofNanos(now);
        receiver.rtcp(List.of(new SenderReport(SOURCE, ntp, 3_000, 0, 0, List.of())), now);
        video(2, 6_000, true, "10 9d");
        video(4, 9_000, true, "10 9d");
        video(5, 9_000, true, "10 9d");
        pass(1_000);

        assertThat(said(Remb.class)).hasSize(2).allMatch(remb -> remb.equals(new Remb(4_000_000, List.of(SOURCE))));
        ReportBlock block = said(ReceiverReport.class).stream()
                .flatMap(report -> report.blocks().stream())
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(block.fractionLost()).isEqualTo(256 / 4);
        assertThat(block.cumulativeLost()).isEqualTo(1);
        assertThat(block.highestSeq() & 0xFFFF).isEqualTo(5);
        assertThat(block.lastReport()).isEqualTo(NtpTime.middle(ntp));
        assertThat(NtpTime.nanosOfMiddle(block.sinceLastReport())).isBetween(999 * MS, 1_001 * MS);
    }

    @Test
    void requestKeyframe_manyTimes_asksTwiceASecondUntilOneComes() {
        video(1, 3_000, true, "10 9c");
        for (int i = 0; i < 20; i++) {
            receiver.requestKeyframe(now);
            pass(50);
        }
        assertThat(said(PictureLoss.class)).hasSize(2);

        video(2, 6_000, true, "10 9c");
        pass(2_000);
        assertThat(said(PictureLoss.class)).hasSize(2);
    }

    @Test
    void rtcp_bye_endsIt() {
        List<String> ended = new ArrayList<>();
        RtpReceiver listened = new RtpReceiver(SETTINGS, recorder, new ReceiverListener() {
            @Override
            public void frame(ReceivedFrame frame) {}

            @Override
            public void ended() {
                ended.add("ended");
            }
        });
        byte[] packet = packetBytes(96, SOURCE, 1, 0, true, "10 9c");
        listened.rtp(packet, 0, packet.length, now);

        listened.rtcp(List.of(new Bye(List.of(1L)), new Bye(List.of(SOURCE))), now);

        assertThat(ended).hasSize(1);
    }

    @Test
    void anything_atRandom_neitherThrowsNorGrows() {
        Random random = new Random(4);
        for (Codec codec : List.of(Codec.VP8, Codec.H264)) {
            RtpReceiver target = new RtpReceiver(
                    new ReceiverSettings(codec, 96, OptionalInt.of(97), 3, "x", 1_000_000), recorder, frames::add);
            RtcpReader reader = new RtcpReader();
            for (int i = 0; i < 30_000; i++) {
                byte[] packet = new byte[random.nextInt(60)];
                random.nextBytes(packet);
                if (packet.length > 12 && random.nextInt(10) > 0) {
                    packet[0] = (byte) 0x80;
                    packet[1] = (byte) (96 + random.nextInt(2) | random.nextInt(2) << 7);
                    BigEndian.put16(packet, 2, i + random.nextInt(20));
                    BigEndian.put32(packet, 4, i / 5);
                    BigEndian.put32(packet, 8, 1);
                }
                now += MS;
                target.rtp(packet, 0, packet.length, now);
                target.rtcp(reader.read(packet, 0, packet.length), now);
                target.tick(now);
            }
            assertThat(target.statistics().arrivals().packets()).isGreaterThan(3_000);
        }
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i += 10) {
            now += 10 * MS;
            receiver.tick(now);
        }
    }

    private void video(int seq, long timestamp, boolean marker, String payload) {
        packet(96, SOURCE, seq, timestamp, marker, payload);
    }

    private void again(int originalSeq, long timestamp, boolean marker, String payload) {
        packet(97, 8, 5, timestamp, marker, String.format("%04x", originalSeq) + payload);
    }

    private void packet(int type, long ssrc, int seq, long timestamp, boolean marker, String payload) {
        byte[] packet = packetBytes(type, ssrc, seq, timestamp, marker, payload);
        receiver.rtp(packet, 0, packet.length, now);
    }

    private static byte[] packetBytes(int type, long ssrc, int seq, long timestamp, boolean marker, String payload) {
        return Hex.bytes(
                String.format("80%02x%04x%08x%08x", type | (marker ? 0x80 : 0), seq, timestamp, ssrc) + payload);
    }

    private <T extends RtcpPacket> List<T> said(Class<T> kind) {
        return recorder.rtcp.stream()
                .flatMap(compound -> new RtcpReader().read(compound, 0, compound.length).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
