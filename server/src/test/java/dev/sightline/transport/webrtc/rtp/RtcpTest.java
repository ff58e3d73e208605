package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.transport.webrtc.congestion.TransportFeedback;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Bye;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.FullIntraRequest;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Nack;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.PictureLoss;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReceiverReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Remb;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SenderReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SourceDescription;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.TransportWide;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RTCP's shapes of RFC 3550, 4585, 5104 and the REMB draft, byte for byte. */
class RtcpTest {
    private static final long OURS = 0x01020304L;
    private static final long THEIRS = 0xa0b0c0d0L;

    private final RtcpWriter writer = new RtcpWriter(OURS).begin();
    private final Recorder recorder = new Recorder();
    private final RtcpReader reader = new RtcpReader();

    @Test
    void senderReport_withName_isWrittenAsTheRfcHasIt() {
        writer.senderReport(0x1111111122222222L, 0x33333333L, 4, 5).cname("me");

        assertThat(written())
                .isEqualTo("80c80006 01020304 11111111 22222222 33333333 00000004 00000005"
                        + " 81ca0003 01020304 01026d65 00000000");
        assertThat(read(written()))
                .containsExactly(
                        new SenderReport(OURS, 0x1111111122222222L, 0x33333333L, 4, 5, List.of()),
                        new SourceDescription(OURS, "me"));
    }

    @Test
    void receiverReport_withNegativeLoss_comesBackTheSame() {
        ReportBlock block = new ReportBlock(THEIRS, 128, -2, 0x00010005L, 90, 0x7777, 65_536);
        writer.receiverReport(Optional.of(block)).bye();

        assertThat(written())
                .isEqualTo("81c90007 01020304 a0b0c0d0 80fffffe 00010005 0000005a 00007777 00010000"
                        + " 81cb0001 01020304");
        assertThat(read(written())).containsExactly(new ReceiverReport(OURS, List.of(block)), new Bye(List.of(OURS)));
    }

    @Test
    void nack_neighboursAndARoundOfNumbers_shareOneField() {
        writer.nack(THEIRS, new int[] {65_534, 65_535, 0, 14, 15, 100}, 6);

        assertThat(written()).isEqualTo("81cd0005 01020304 a0b0c0d0 fffe8003 000f0000 00640000");
        assertThat(read(written())).containsExactly(new Nack(THEIRS, List.of(65_534, 65_535, 0, 14, 15, 100)));
    }

    @Test
    void pictureLossAndRemb_areWrittenAsTheRfcsHaveIt() {
        writer.pictureLoss(THEIRS).remb(4_000_000, THEIRS);

        assertThat(written())
                .isEqualTo("81ce0002 01020304 a0b0c0d0" + " 8fce0005 01020304 00000000 52454d42 0113d090 a0b0c0d0");
        assertThat(read(written())).containsExactly(new PictureLoss(THEIRS), new Remb(4_000_000, List.of(THEIRS)));
    }

    @Test
    void fullIntraRequest_isRead() {
        assertThat(read("84ce0004 a0b0c0d0 00000000 01020304 07000000")).containsExactly(new FullIntraRequest(OURS, 7));
    }

    @Test
    void unknownKinds_arePassedOver() {
        assertThat(read("90cd0005 a0b0c0d0 01020304 00010001 00000000 00000000" + "80cf0001 a0b0c0d0"
                        + "81ce0002 a0b0c0d0 01020304"))
                .containsExactly(new PictureLoss(OURS));
        assertThat(reader.malformed()).isZero();
    }

    /** A run of two that arrived, then seven in a vector: 512 ticks are the reference, the times follow one another. */
    @Test
    void transportWideFeedback_runsAndVectors_areTimesOfEachPacket() {
        List<RtcpPacket> read = read("8fcd0007 a0b0c0d0 01020304 00050007 00000201 2002c910 0408fff8 10010000");

        assertThat(read).hasSize(1);
        TransportFeedback feedback = ((TransportWide) read.get(0)).feedback();
        assertThat(feedback.firstSeq()).isEqualTo(5);
        assertThat(feedback.arrivals())
                .containsExactly(516, 524, TransportFeedback.LOST, 516, 532, TransportFeedback.LOST, 533);
    }

    @Test
    void transportWideFeedback_oneBitVector_beforeTheReference() {
        List<RtcpPacket> read = read("8fcd0005 a0b0c0d0 01020304 ffff0003 00000001 a8000102");

        assertThat(((TransportWide) read.get(0)).feedback().arrivals()).containsExactly(1, TransportFeedback.LOST, 3);
    }

    @Test
    void brokenCompounds_areCountedAndGiveNothing() {
        List<String> broken = List.of(
                "80",
                "40c90001 01020304",
                "81ce0003 a0b0c0d0 01020304",
                "81c90001 01020304",
                "80c80001 01020304",
                "81ca0001 01020304 81ca0001 0102",
                "81ca0002 01020304 01ff6d65",
                "82cb0001 01020304",
                "81cd0001 01020304",
                "8fce0004 01020304 00000000 52454d42 ff000001",
                "a1cb0001 01020309",
                "8fcd0003 a0b0c0d0 01020304 00050001",
                "8fcd0004 a0b0c0d0 01020304 00050000 00000200",
                "8fcd0004 a0b0c0d0 01020304 00050001 00000200",
                "8fcd0005 a0b0c0d0 01020304 00050008 00000200 20080102",
                "8fcd0005 a0b0c0d0 01020304 00051001 00000200 00000000",
                "81ce0002 a0b0c0d0 01020304 00");

        for (String each : broken) {
            assertThat(read(each)).as(each).isEmpty();
        }
        assertThat(reader.malformed()).isEqualTo(broken.size());
    }

    private List<RtcpPacket> read(String hex) {
        byte[] bytes = Hex.bytes(hex);
        return reader.read(bytes, 0, bytes.length);
    }

    private String written() {
        writer.to(recorder);
        String hex = Hex.text(recorder.rtcp.get(recorder.rtcp.size() - 1));
        StringBuilder words = new StringBuilder();
        for (int at = 0; at < hex.length(); at += 8) {
            words.append(at == 0 ? "" : " ").append(hex, at, at + 8);
        }
        return words.toString();
    }
}
