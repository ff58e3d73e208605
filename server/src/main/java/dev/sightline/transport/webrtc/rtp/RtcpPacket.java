package dev.sightline.transport.webrtc.rtp;

import java.util.List;

/** One packet out of a compound RTCP packet, of the kinds that matter here. SSRCs are 0 to 2<sup>32</sup> - 1. */
public sealed interface RtcpPacket {
    /**
     * What a receiver says about one source (RFC 3550, 6.4.1).
     *
     * @param ssrc of the source
     * @param fractionLost in 1/256 since the last report
     * @param cumulativeLost packets since the beginning; duplicates make it negative
     * @param highestSeq the highest sequence number with the number of its rounds, 32 bits
     * @param jitter in ticks of the source's clock
     * @param lastReport the middle 32 bits of the last sender report's NTP time; 0 for none
     * @param sinceLastReport since that report came, in 1/65,536 s
     */
    record ReportBlock(
            long ssrc,
            int fractionLost,
            int cumulativeLost,
            long highestSeq,
            long jitter,
            long lastReport,
            long sinceLastReport) {}

    /** SR: how a sender's clock and its timestamps go together, and what it has received itself. */
    record SenderReport(long ssrc, long ntp, long rtpTimestamp, long packets, long octets, List<ReportBlock> blocks)
            implements RtcpPacket {}

    /** RR: what was received. */
    record ReceiverReport(long ssrc, List<ReportBlock> blocks) implements RtcpPacket {}

    /** SDES with the sources' canonical names. */
    record SourceDescription(long ssrc, String cname) implements RtcpPacket {}

    /** BYE: these sources end. */
    record Bye(List<Long> ssrcs) implements RtcpPacket {}

    /** Generic NACK (RFC 4585, 6.2.1): sequence numbers, 0 to 65,535, of packets that are missing. */
    record Nack(long mediaSsrc, List<Integer> seqs) implements RtcpPacket {}

    /** PLI (RFC 4585, 6.3.1): a picture was lost, a keyframe is wanted. */
    record PictureLoss(long mediaSsrc) implements RtcpPacket {}

    /** FIR (RFC 5104, 4.3.1): a keyframe is wanted; a command repeated has the same number, 0 to 255. */
    record FullIntraRequest(long mediaSsrc, int number) implements RtcpPacket {}

    /** REMB (draft-alvestrand-rmcat-remb): what the receiver believes its way can carry. */
    record Remb(long bitsPerSecond, List<Long> ssrcs) implements RtcpPacket {}
}
