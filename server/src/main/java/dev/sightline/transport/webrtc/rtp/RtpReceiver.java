package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Bye;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SenderReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One publisher's video: orders its packets, requests missing ones, and assembles frames.
 *
 * <p>It waits 400 ms for a packet; then it drops the frame and requests a keyframe, at most twice a second. Its storage is
 * bounded: 2,048 packets, a frame of 4 MB. All calls come from the media thread, each with the time in nanoseconds of one
 * monotonic clock.
 */
public final class RtpReceiver {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;
    private static final long KEYFRAME_INTERVAL_NANOS = 500_000_000L;
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final int RTX_HEADER_SIZE = 2;
    private static final int MOST_MISSING = 256;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final ReceiverSettings settings;
    private final PacketSink sink;
    private final ReceiverListener listener;
    private final RtcpWriter reports;
    private final FrameAssembler assembler;
    private final ReorderBuffer buffer = new ReorderBuffer();
    private final NackGenerator missing = new NackGenerator();
    private final int[] asking = new int[RtcpWriter.MOST_NACKS];

    private @Nullable ReceptionStatistics reception;
    private long source = -1;
    private long lastPacketNanos;
    private long nextSeq;
    private long strangeSeq = -1;
    private long keyframeSeq = -1;
    private boolean keyframeWanted;
    private long lastReportNanos = NEVER;
    private long lastKeyframeRequestNanos = NEVER;

    private long frames;
    private long keyframes;
    private long packets;
    private long bytes;
    private long lost;
    private long repaired;
    private long duplicates;
    private long foreign;
    private long keyframeRequests;

    /** Creates a receiver for a publisher that has not sent anything yet. */
    public RtpReceiver(ReceiverSettings settings, PacketSink sink, ReceiverListener listener) {
        this.settings = settings;
        this.sink = sink;
        this.listener = listener;
        this.reports = new RtcpWriter(settings.ssrc());
        this.assembler = new FrameAssembler(settings.codec());
    }

    /** Takes a decrypted RTP packet; the array is not stored. */
    public void rtp(byte[] packet, int offset, int length, long nowNanos) {
        bytes += length;
        Optional<RtpHeader> read = RtpHeader.read(packet, offset, length);
        if (read.isEmpty()) {
            foreign++;
            return;
        }
        RtpHeader header = read.get();
        if (header.payloadType() == settings.payloadType()) {
            video(header, packet, nowNanos);
        } else if (settings.rtxPayloadType().orElse(-1) == header.payloadType()) {
            again(header, packet, nowNanos);
        } else {
            foreign++;
        }
    }

    /** Takes the publisher's RTCP packets from {@link RtcpReader}. */
    public void rtcp(List<RtcpPacket> said, long nowNanos) {
        for (RtcpPacket packet : said) {
            if (packet instanceof SenderReport report && report.ssrc() == source && reception != null) {
                reception.senderReport(report.ntp(), nowNanos);
            } else if (packet instanceof Bye bye && bye.ssrcs().contains(source)) {
                listener.ended();
            }
        }
    }

    /** Lets time pass: requests missing packets, gives up old ones, reports. Call it every 10 to 20 ms. */
    public void tick(long nowNanos) {
        if (reception == null) {
            return;
        }
        deliver(nowNanos);
        feedback(nowNanos);
        if (nowNanos - lastReportNanos >= REPORT_INTERVAL_NANOS) {
            lastReportNanos = nowNanos;
            ReportBlock block = reception.report(nowNanos);
            reports.begin().receiverReport(Optional.of(block)).cname(settings.cname());
            reports.remb(settings.bitsPerSecond(), source).to(sink);
            sink.flush();
        }
    }

    /** The decoder needs a keyframe: requests one, now or as soon as allowed, until it comes. */
    public void requestKeyframe(long nowNanos) {
        keyframeWanted = true;
        if (reception != null) {
            feedback(nowNanos);
        }
    }

    /** The statistics so far. */
    public ReceiverStatistics statistics() {
        return new ReceiverStatistics(
                frames,
                keyframes,
                new ReceiverStatistics.Arrivals(packets, bytes, lost, repaired, duplicates, foreign),
                missing.asked(),
                keyframeRequests,
                assembler.dropped(),
                reception == null ? 0 : reception.jitterNanos(),
                missing.roundTripNanos());
    }

    private void video(RtpHeader header, byte[] packet, long nowNanos) {
        if (header.ssrc() != source && nowNanos - lastPacketNanos < SILENT_NANOS && reception != null) {
            foreign++;
            return;
        }
        if (header.ssrc() != source || reception == null) {
            boolean first = reception == null;
            source = header.ssrc();
            begin(header.seq(), nowNanos);
            if (first
                    && !assembler.startsKeyframe(
                            arrivedPacket(header, packet, 0, 0).payload())) {
                // Earlier packets cannot be requested: nobody knows that they existed.
                lastKeyframeRequestNanos = NEVER;
            }
        }
        lastPacketNanos = nowNanos;
        long seq = SerialNumbers.unwrap16(current().highestSeq(), header.seq());
        if (Math.abs(seq - current().highestSeq()) > ReorderBuffer.SIZE / 2) {
            if (header.seq() != (strangeSeq + 1 & 0xFFFF)) {
                strangeSeq = header.seq();
                foreign++;
                return;
            }
            begin(header.seq(), nowNanos);
            seq = current().highestSeq() + 1;
        }
        strangeSeq = -1;
        arrived(arrivedPacket(header, packet, seq, 0), true, nowNanos);
    }

    /** Retransmissions (RFC 4588); those without a packet inside only probe the path. */
    private void again(RtpHeader header, byte[] packet, long nowNanos) {
        if (reception == null || header.payloadLength() < RTX_HEADER_SIZE) {
            return;
        }
        long seq = SerialNumbers.unwrap16(reception.highestSeq(), BigEndian.u16(packet, header.payloadOffset()));
        if (seq <= reception.highestSeq()) {
            arrived(arrivedPacket(header, packet, seq, RTX_HEADER_SIZE), false, nowNanos);
        }
    }

    private static ArrivedPacket arrivedPacket(RtpHeader header, byte[] packet, long seq, int skipped) {
        byte[] payload = new byte[header.payloadLength() - skipped];
        System.arraycopy(packet, header.payloadOffset() + skipped, payload, 0, payload.length);
        return new ArrivedPacket(seq, header.timestamp(), header.marker(), payload);
    }

    private void arrived(ArrivedPacket packet, boolean first, long nowNanos) {
        if (packet.seq() < nextSeq || !buffer.put(packet)) {
            duplicates++;
            return;
        }
        foundMissing(current().highestSeq() + 1, packet.seq(), nowNanos);
        if (keyframeSeq < nextSeq && assembler.startsKeyframe(packet.payload())) {
            keyframeSeq = packet.seq();
        }
        repaired += missing.arrived(packet.seq(), nowNanos) ? 1 : 0;
        if (first) {
            packets++;
            current().packet(packet.seq(), packet.timestamp(), nowNanos);
        }
        deliver(nowNanos);
        feedback(nowNanos);
    }

    /** A long gap counts as lost and is not requested: that costs nothing, however often it happens. */
    private void foundMissing(long first, long end, long nowNanos) {
        if (end - first > MOST_MISSING) {
            lost += end - first;
            return;
        }
        for (long gap = first; gap < end; gap++) {
            missing.found(gap, nowNanos);
        }
    }

    /** The first packet, or the first after a jump that nothing can bridge. */
    private void begin(int seq, long nowNanos) {
        nextSeq = seq + (1L << 16);
        reception = new ReceptionStatistics(source, nextSeq);
        keyframeSeq = -1;
        buffer.clear();
        missing.clear();
        assembler.lost();
        lastKeyframeRequestNanos = nowNanos;
        lastReportNanos = NEVER;
    }

    private void deliver(long nowNanos) {
        long highest = current().highestSeq();
        while (nextSeq <= highest) {
            ArrivedPacket packet = buffer.take(nextSeq);
            if (packet != null) {
                nextSeq++;
                assembler.add(packet, nowNanos).ifPresent(this::deliver);
            } else if (!skipGap(highest, nowNanos)) {
                return;
            }
        }
    }

    /** Skips a gap that is not worth waiting for: it has taken too long, or a keyframe lies behind it. */
    private boolean skipGap(long highest, long nowNanos) {
        long next = -1;
        if (assembler.keyframeNeeded() && keyframeSeq > nextSeq) {
            next = keyframeSeq;
        } else if (missing.hopeless(nextSeq, nowNanos) || highest - nextSeq >= ReorderBuffer.SIZE / 2) {
            next = buffer.first(nextSeq, highest);
        }
        if (next < 0) {
            return false;
        }
        nextSeq = next;
        lost += missing.forgetBefore(next);
        assembler.lost();
        return true;
    }

    private void deliver(ReceivedFrame frame) {
        frames++;
        if (frame.keyframe()) {
            keyframes++;
            keyframeWanted = false;
        }
        listener.frame(frame);
    }

    private void feedback(long nowNanos) {
        int count = missing.due(asking, nowNanos);
        boolean keyframe = (keyframeWanted || assembler.keyframeNeeded())
                && nowNanos - lastKeyframeRequestNanos >= KEYFRAME_INTERVAL_NANOS;
        if (count == 0 && !keyframe) {
            return;
        }
        reports.begin().receiverReport(Optional.empty());
        if (count > 0) {
            reports.nack(source, asking, count);
        }
        if (keyframe) {
            lastKeyframeRequestNanos = nowNanos;
            keyframeRequests++;
            reports.pictureLoss(source);
        }
        reports.to(sink);
        sink.flush();
    }

    private ReceptionStatistics current() {
        if (reception == null) {
            throw new IllegalStateException("nothing has come yet");
        }
        return reception;
    }
}
