package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.congestion.TransportFeedback;
import java.util.List;

/** One packet of a compound RTCP packet, of the kinds used here. SSRCs are 0 to 2<sup>32</sup> - 1. */
public sealed interface RtcpPacket {
    /**
     * A receiver's report about one source (RFC 3550, 6.4.1).
     *
     * @param ssrc of the source
     * @param fractionLost in 1/256 since the last report
     * @param cumulativeLost packets since the beginning; duplicates make it negative
     * @param highestSeq the highest sequence number, extended by its cycles to 32 bits
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

    /** SR: relates a sender's clock to its timestamps, and reports what it received. */
    record SenderReport(long ssrc, long ntp, long rtpTimestamp, long packets, long octets, List<ReportBlock> blocks)
            implements RtcpPacket {}

    /** RR: what was received. */
    record ReceiverReport(long ssrc, List<ReportBlock> blocks) implements RtcpPacket {}

    /** SDES with the source's canonical name. */
    record SourceDescription(long ssrc, String cname) implements RtcpPacket {}

    /** BYE: these sources end. */
    record Bye(List<Long> ssrcs) implements RtcpPacket {}

    /** Generic NACK (RFC 4585, 6.2.1): sequence numbers, 0 to 65,535, of missing packets. */
    record Nack(long mediaSsrc, List<Integer> seqs) implements RtcpPacket {}

    /** PLI (RFC 4585, 6.3.1): a keyframe request, because a picture was lost. */
    record PictureLoss(long mediaSsrc) implements RtcpPacket {}

    /** FIR (RFC 5104, 4.3.1): a keyframe request; a repeated one has the same number, 0 to 255. */
    record FullIntraRequest(long mediaSsrc, int number) implements RtcpPacket {}

    /** When packets of a transport arrived. */
    record TransportWide(long mediaSsrc, TransportFeedback feedback) implements RtcpPacket {}

    /** REMB (draft-alvestrand-rmcat-remb): the receiver's bandwidth estimate. */
    record Remb(long bitsPerSecond, List<Long> ssrcs) implements RtcpPacket {}
}
