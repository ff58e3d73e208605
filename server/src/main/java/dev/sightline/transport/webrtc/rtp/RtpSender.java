package dev.sightline.transport.webrtc.rtp;

import dev.sightline.codec.RtpTime;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.transport.webrtc.congestion.BandwidthEstimator;
import dev.sightline.transport.webrtc.congestion.TransportFeedback;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.FullIntraRequest;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Nack;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.PictureLoss;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReceiverReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Remb;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SenderReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.TransportWide;
import dev.sightline.transport.webrtc.rtp.SenderStatistics.Line;
import dev.sightline.transport.webrtc.rtp.SenderStatistics.Report;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's video: sends frames from any feed, repairs losses, and reports.
 *
 * <p>The viewer sees one stream with consecutive sequence numbers and timestamps that never go back, however often the feed
 * changes. All calls come from the media thread, each with the time of {@link dev.sightline.frame.CaptureClock}, so that
 * reports and frames use one clock. A frame's packets are sent at once, and so measure the line, unless it is thin.
 */
public final class RtpSender {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;
    private static final long GREATEST_ROUND_TRIP_NANOS = 10_000_000_000L;
    private static final long SECOND_OF_TICKS = RtpTime.CLOCK_RATE;
    private static final int NO_NUMBER = -1;
    private static final int GREATEST_DATAGRAM = 1_200;

    /** What a line is thought to carry before anything is known of it. */
    private static final long FIRST_BITS_PER_SECOND = 2_000_000;

    private final SenderSettings settings;
    private final PacketSink sink;
    private final RateControl rate;
    private final Runnable keyframeWanted;
    private final @Nullable BandwidthEstimator bandwidth;
    private final OutgoingPackets out;
    private final ParameterSetLossGuard doubt = new ParameterSetLossGuard();
    private final Repairs repairs;
    private final RtcpWriter reports;
    private final FeedbackSampling sampling = new FeedbackSampling();

    private @Nullable RtpFeed feed;
    private long lastTimestamp = -1;
    private long lastReportNanos = Long.MIN_VALUE;
    private int lastFullIntraNumber = NO_NUMBER;
    private int mtu = GREATEST_DATAGRAM;
    private boolean seeksMore;

    private long frames;
    private long keyframeRequests;
    private long framesWithheld;
    private long framesDropped;
    private long lost;
    private OptionalLong roundTripNanos = OptionalLong.empty();
    private OptionalLong jitterNanos = OptionalLong.empty();
    private OptionalLong remb = OptionalLong.empty();

    /**
     * Creates a sender for a viewer that has not received anything yet.
     *
     * @param rate learns what is sent and what the viewer reports
     * @param keyframeWanted called for each keyframe request of the viewer
     */
    public RtpSender(SenderSettings settings, PacketSink sink, RateControl rate, Runnable keyframeWanted) {
        this.settings = settings;
        this.sink = sink;
        this.rate = rate;
        this.keyframeWanted = keyframeWanted;
        this.bandwidth = settings.extensions().transportSequence().isPresent()
                ? new BandwidthEstimator(FIRST_BITS_PER_SECOND)
                : null;
        this.out = new OutgoingPackets(settings, sink, bandwidth, sampling);
        this.repairs = new Repairs(out, rate, bandwidth, doubt, keyframeWanted);
        this.reports = new RtcpWriter(settings.ssrc());
    }

    /**
     * Sends a frame; false if it was withheld because the viewer is new to this feed and needs a keyframe first, or because the line
     * does not carry its temporal layer.
     */
    public boolean frame(RtpFeed from, EncodedFrame frame, long nowNanos) {
        if (from != feed && !frame.keyframe()) {
            framesWithheld++;
            return false;
        }
        if (frame.codec() == Codec.H264 && frame.keyframe()) {
            begins(from);
        }
        feed = from;
        if (!frame.keyframe() && frame.temporalLayer() > rate.highestLayer()) {
            framesDropped++;
            rate.sent(frame.size(), nowNanos);
            return false;
        }
        long timestamp = timestamp(frame);
        repairs.frame(frame.keyframe(), from.rendition().bitsPerSecond(), nowNanos);
        RtpFeed cut = from.inDatagramsOf(mtu);
        int size = out.frame(cut, cut.packets(frame, nowNanos), timestamp, wantsTrain(nowNanos), nowNanos);
        sink.flush();
        frames++;
        rate.sent(size, nowNanos);
        return true;
    }

    private boolean wantsTrain(long nowNanos) {
        return bandwidth != null
                && (rate.hasBetter() || rate.needsLayers() || seeksMore)
                && bandwidth.wantsTrain(nowNanos);
    }

    /** Whether it helps to know that the line carries more than the best rendition needs. */
    public void seekMore(boolean helps) {
        seeksMore = helps;
    }

    /** What the line is known to carry, in bits per second; empty if that was not measured. */
    public OptionalLong carries() {
        return bandwidth == null ? OptionalLong.empty() : bandwidth.carried();
    }

    /** A keyframe comes next, with parameter sets in its first packet. */
    private void begins(RtpFeed from) {
        if (from == feed) {
            doubt.keyframe(out.nextSeq(), lost);
        } else if (feed != null) {
            doubt.begins(out.nextSeq(), lost);
        }
    }

    /** Takes the viewer's RTCP packets from {@link RtcpReader}. */
    public void rtcp(List<RtcpPacket> said, long nowNanos) {
        for (RtcpPacket packet : said) {
            if (packet instanceof ReceiverReport report) {
                blocks(report.blocks(), nowNanos);
            } else if (packet instanceof SenderReport report) {
                blocks(report.blocks(), nowNanos);
            } else if (packet instanceof Nack nack && nack.mediaSsrc() == settings.ssrc()) {
                repair(nack.seqs(), nowNanos);
            } else if (packet instanceof PictureLoss loss && loss.mediaSsrc() == settings.ssrc()) {
                sampling.trouble(nowNanos);
                wantKeyframe();
            } else if (packet instanceof FullIntraRequest request) {
                fullIntra(request);
            } else if (packet instanceof TransportWide transport) {
                transportWide(transport.feedback(), nowNanos);
            } else if (packet instanceof Remb estimate) {
                remb = OptionalLong.of(estimate.bitsPerSecond());
                rate.remb(estimate.bitsPerSecond(), nowNanos);
            }
        }
        heard(nowNanos);
    }

    /** Lets time pass: sends what was paced, and a report each second. Call it some fifty times a second. */
    public void tick(long nowNanos) {
        if (!isCalm()) {
            sampling.trouble(nowNanos);
        }
        int released = out.release(nowNanos);
        if (released > 0) {
            rate.sent(released, nowNanos);
            sink.flush();
        }
        if (out.packets() > 0
                && (lastReportNanos == Long.MIN_VALUE || nowNanos - lastReportNanos >= REPORT_INTERVAL_NANOS)) {
            lastReportNanos = nowNanos;
            report(nowNanos).to(sink);
            sink.flush();
        }
    }

    private boolean isCalm() {
        return rate.isCalm() && !seeksMore && !out.isPaced();
    }

    /** Says goodbye; nothing may be sent afterwards. */
    public void bye(long nowNanos) {
        report(nowNanos).bye().to(sink);
        sink.flush();
    }

    /** The statistics so far. */
    public SenderStatistics statistics() {
        return new SenderStatistics(
                new SenderStatistics.Frames(frames, framesWithheld, framesDropped, rate.highestLayer()),
                keyframeRequests,
                repairs.statistics(),
                new Report(lost, rate.lossPercent(), roundTripNanos, jitterNanos, remb, line()));
    }

    private Optional<Line> line() {
        return bandwidth == null || !rate.isEstimated()
                ? Optional.empty()
                : Optional.of(new Line(bandwidth.bitsPerSecond(), bandwidth.queueNanos(), bandwidth.mtu()));
    }

    /**
     * The frame's timestamp, or one tick after the last one's, since the viewer may have already seen the first frames of
     * another feed.
     */
    private long timestamp(EncodedFrame frame) {
        long timestamp = RtpTime.timestamp(frame);
        if (lastTimestamp >= 0) {
            long ahead = SerialNumbers.ahead32(lastTimestamp, timestamp);
            if (ahead <= 0 && ahead > -SECOND_OF_TICKS) {
                timestamp = SerialNumbers.low32(lastTimestamp + 1);
            }
        }
        lastTimestamp = timestamp;
        return timestamp;
    }

    private void repair(List<Integer> seqs, long nowNanos) {
        sampling.trouble(nowNanos);
        if (feed != null) {
            repairs.nack(seqs, nowNanos);
            sink.flush();
        }
    }

    private void blocks(List<ReportBlock> blocks, long nowNanos) {
        for (ReportBlock block : blocks) {
            if (block.ssrc() == settings.ssrc()) {
                block(block, nowNanos);
            }
        }
    }

    private void block(ReportBlock block, long nowNanos) {
        lost = block.cumulativeLost();
        jitterNanos = OptionalLong.of(block.jitter() * 1_000_000_000L / RtpTime.CLOCK_RATE);
        roundTrip(block, nowNanos).ifPresent(nanos -> {
            roundTripNanos = OptionalLong.of(nanos);
            rate.roundTrip(nanos, nowNanos);
            repairs.roundTrip(roundTripNanos);
            if (bandwidth != null) {
                bandwidth.roundTrip(nanos);
            }
        });
        rate.received(block.highestSeq(), block.cumulativeLost(), nowNanos);
        if (doubt.reported(SerialNumbers.unwrap16(out.nextSeq(), (int) block.highestSeq() & 0xFFFF), lost)) {
            keyframeWanted.run();
        }
    }

    /** RFC 3550, 6.4.1; an impossible value is ignored. */
    private static OptionalLong roundTrip(ReportBlock block, long nowNanos) {
        if (block.lastReport() == 0) {
            return OptionalLong.empty();
        }
        long now = NtpTime.middle(NtpTime.ofNanos(nowNanos));
        long nanos = NtpTime.nanosOfMiddle(SerialNumbers.ahead32(block.lastReport() + block.sinceLastReport(), now));
        return nanos < 0 || nanos > GREATEST_ROUND_TRIP_NANOS ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** What is cut for a way that takes no large datagrams begins with a keyframe: the viewer may have none. */
    private void heard(long nowNanos) {
        if (bandwidth != null) {
            bandwidth.heard(nowNanos);
            if (bandwidth.mtu() < mtu) {
                mtu = bandwidth.mtu();
                keyframeWanted.run();
            }
        }
    }

    private void transportWide(TransportFeedback feedback, long nowNanos) {
        if (bandwidth != null) {
            bandwidth.feedback(feedback, nowNanos);
            rate.estimated(bandwidth.bitsPerSecond(), nowNanos);
        }
    }

    private void fullIntra(FullIntraRequest request) {
        if (request.mediaSsrc() == settings.ssrc() && request.number() != lastFullIntraNumber) {
            lastFullIntraNumber = request.number();
            wantKeyframe();
        }
    }

    private void wantKeyframe() {
        keyframeRequests++;
        keyframeWanted.run();
    }

    private RtcpWriter report(long nowNanos) {
        return reports.begin()
                .senderReport(NtpTime.ofNanos(nowNanos), RtpTime.ofNanos(nowNanos), out.packets(), out.payloadBytes())
                .cname(settings.cname());
    }
}
