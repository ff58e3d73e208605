package dev.sightline.transport.webrtc.rtp;

import dev.sightline.codec.RtpTime;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.FullIntraRequest;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Nack;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.PictureLoss;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReceiverReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Remb;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SenderReport;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's video: sends pictures from whichever feed they come, repairs what was lost, and reports.
 *
 * <p>The viewer sees one stream whose sequence numbers run on and whose timestamps never go back, however often the
 * feed changes. All calls come from the media thread; each is given the time by
 * {@link dev.sightline.frame.CaptureClock}, so that reports and pictures tell time by one clock. Nothing is kept back:
 * a picture's packets leave at once.
 */
public final class RtpSender {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;
    private static final long FIRST_ROUND_TRIP_NANOS = 100_000_000L;
    private static final long LEAST_AGAIN_NANOS = 10_000_000L;
    private static final long GREATEST_ROUND_TRIP_NANOS = 10_000_000_000L;
    private static final long SECOND_OF_TICKS = RtpTime.CLOCK_RATE;
    private static final int NO_NUMBER = -1;
    private static final double MUCH_LOSS_PERCENT = 5;

    /** In one message; browsers keep as many in mind. */
    private static final int MOST_ASKED_FOR = 1_000;

    private final SenderSettings settings;
    private final PacketSink sink;
    private final RateControl rate;
    private final Runnable keyframeWanted;
    private final PacketWriter video;
    private final @Nullable PacketWriter again;
    private final RtcpWriter reports;
    private final RetransmissionHistory sent = new RetransmissionHistory();
    private final Allowance allowance = new Allowance();
    private final PlayoutDelay playoutDelay = new PlayoutDelay();

    private @Nullable RtpFeed feed;
    private long nextSeq = ThreadLocalRandom.current().nextInt(1 << 15);
    private int nextAgainSeq = ThreadLocalRandom.current().nextInt(1 << 15);
    private final ParameterSetLossGuard doubt = new ParameterSetLossGuard();
    private long lastTimestamp = -1;
    private long lastReportNanos = Long.MIN_VALUE;
    private int lastFullIntraNumber = NO_NUMBER;

    private long frames;
    private long packets;
    private long bytes;
    private long payloadBytes;
    private long retransmitted;
    private long retransmittedBytes;
    private long nacked;
    private long unrecoverable;
    private long withheld;
    private long keyframeRequests;
    private long framesWithheld;
    private long lost;
    private OptionalLong roundTripNanos = OptionalLong.empty();
    private OptionalLong jitterNanos = OptionalLong.empty();
    private OptionalLong remb = OptionalLong.empty();

    /**
     * A viewer who has got nothing yet.
     *
     * @param rate is told what goes out and what the viewer says
     * @param keyframeWanted called when the viewer cannot go on without a keyframe, as often as it says so
     */
    public RtpSender(SenderSettings settings, PacketSink sink, RateControl rate, Runnable keyframeWanted) {
        this.settings = settings;
        this.sink = sink;
        this.rate = rate;
        this.keyframeWanted = keyframeWanted;
        this.video = new PacketWriter(settings, settings.ssrc(), settings.payloadType());
        this.again = settings.rtx()
                .map(rtx -> new PacketWriter(settings, rtx.ssrc(), rtx.payloadType()))
                .orElse(null);
        this.reports = new RtcpWriter(settings.ssrc());
    }

    /**
     * Sends a picture; false if it was withheld because it is no keyframe and the viewer, new to this feed, has not
     * got one yet.
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
        long timestamp = timestamp(frame);
        long before = bytes;
        delayPlayout(nowNanos);
        List<FeedPacket> cut = from.packets(frame, nowNanos);
        if (!cut.isEmpty()) {
            sent.add(nextSeq, cut.size(), from, cut.get(0).index(), timestamp, nowNanos);
        }
        for (int i = 0; i < cut.size(); i++) {
            send(cut.get(i), timestamp, nowNanos);
        }
        sink.flush();
        frames++;
        rate.sent((int) (bytes - before), nowNanos);
        return true;
    }

    /** A keyframe comes next, with parameter sets in its first packet. */
    private void begins(RtpFeed from) {
        if (from == feed) {
            doubt.keyframe(nextSeq, lost);
        } else if (feed != null) {
            doubt.begins(nextSeq, lost);
        }
    }

    /** What the viewer sent, as {@link RtcpReader} read it. */
    public void rtcp(List<RtcpPacket> said, long nowNanos) {
        for (RtcpPacket packet : said) {
            if (packet instanceof ReceiverReport report) {
                blocks(report.blocks(), nowNanos);
            } else if (packet instanceof SenderReport report) {
                blocks(report.blocks(), nowNanos);
            } else if (packet instanceof Nack nack && nack.mediaSsrc() == settings.ssrc()) {
                repair(nack.seqs(), nowNanos);
            } else if (packet instanceof PictureLoss loss && loss.mediaSsrc() == settings.ssrc()) {
                wantKeyframe();
            } else if (packet instanceof FullIntraRequest request) {
                fullIntra(request);
            } else if (packet instanceof Remb estimate) {
                remb = OptionalLong.of(estimate.bitsPerSecond());
                rate.remb(estimate.bitsPerSecond(), nowNanos);
            }
        }
    }

    /** Lets time pass: sends a report each second. To be called at least ten times a second. */
    public void tick(long nowNanos) {
        if (packets > 0 && (lastReportNanos == Long.MIN_VALUE || nowNanos - lastReportNanos >= REPORT_INTERVAL_NANOS)) {
            lastReportNanos = nowNanos;
            report(nowNanos).to(sink);
            sink.flush();
        }
    }

    /** Says goodbye. Nothing may be sent afterwards. */
    public void bye(long nowNanos) {
        report(nowNanos).bye().to(sink);
        sink.flush();
    }

    /** What happened so far. */
    public SenderStatistics statistics() {
        return new SenderStatistics(
                frames,
                packets,
                bytes,
                retransmitted,
                retransmittedBytes,
                nacked,
                unrecoverable,
                withheld,
                keyframeRequests,
                framesWithheld,
                lost,
                rate.lossPercent(),
                roundTripNanos,
                jitterNanos,
                remb);
    }

    /**
     * The picture's timestamp, or one tick after the last one's: the first pictures of another feed may be ones that
     * the viewer has seen already.
     */
    private long timestamp(EncodedFrame frame) {
        long timestamp = RtpTime.timestamp(frame);
        if (lastTimestamp >= 0) {
            long ahead = Wire.ahead32(lastTimestamp, timestamp);
            if (ahead <= 0 && ahead > -SECOND_OF_TICKS) {
                timestamp = Wire.low32(lastTimestamp + 1);
            }
        }
        lastTimestamp = timestamp;
        return timestamp;
    }

    /** Only where packets are not sent again as they were, for then they must stay as they were. */
    private void delayPlayout(long nowNanos) {
        if (again != null) {
            int value = playoutDelay.value(nowNanos);
            video.playoutDelay(value);
            again.playoutDelay(value);
        }
    }

    private void send(FeedPacket packet, long timestamp, long nowNanos) {
        long seq = nextSeq++;
        bytes += video.video(packet, (int) seq, timestamp, nowNanos).to(sink);
        payloadBytes += packet.payload().length;
        packets++;
    }

    private void repair(List<Integer> seqs, long nowNanos) {
        if (feed == null) {
            return;
        }
        allowance.refill(feed.rendition().bitsPerSecond(), nowNanos);
        nacked += seqs.size();
        for (int low : seqs.subList(0, Math.min(seqs.size(), MOST_ASKED_FOR))) {
            repair(Wire.unwrap16(nextSeq, low), nowNanos);
        }
        withheld += Math.max(0, seqs.size() - MOST_ASKED_FOR);
        sink.flush();
    }

    private void repair(long seq, long nowNanos) {
        FeedPacket packet = sent.packet(seq);
        long halfRoundTrip = roundTripNanos.orElse(FIRST_ROUND_TRIP_NANOS) / 2;
        if (packet == null) {
            unrecoverable++;
        } else if (!sent.sentAgainSince(seq, nowNanos - Math.max(LEAST_AGAIN_NANOS, halfRoundTrip) + 1)) {
            if (!sent.wasSentAgain(seq)) {
                playoutDelay.lost(roundTripNanos.orElse(FIRST_ROUND_TRIP_NANOS), nowNanos);
                if (doubt.missing(seq)) {
                    keyframeWanted.run();
                }
            }
            sendAgain(packet, seq, nowNanos);
            // Where much is lost the repair may be lost as well, and that would cost another round trip.
            if (again != null && rate.lossPercent() >= MUCH_LOSS_PERCENT) {
                sendAgain(packet, seq, nowNanos);
            }
        }
    }

    /** Without RTX the packet is the very same: SRTP may encrypt nothing else under the same number (RFC 7714, 8). */
    private void sendAgain(FeedPacket packet, long seq, long nowNanos) {
        if (!allowance.take(packet.payload().length)) {
            withheld++;
            return;
        }
        long timestamp = sent.timestamp(seq);
        PacketWriter written = again == null
                ? video.video(packet, (int) seq, timestamp, sent.sentNanos(seq))
                : again.again(packet, nextAgainSeq++, (int) seq, timestamp, nowNanos);
        int size = written.to(sink);
        sent.sentAgain(seq, nowNanos);
        retransmitted++;
        retransmittedBytes += size;
        rate.sent(size, nowNanos);
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
        });
        rate.received(block.highestSeq(), block.cumulativeLost(), nowNanos);
        if (doubt.reported(Wire.unwrap16(nextSeq, (int) block.highestSeq() & 0xFFFF), lost)) {
            keyframeWanted.run();
        }
    }

    /** RFC 3550, 6.4.1; an impossible one is left out. */
    private static OptionalLong roundTrip(ReportBlock block, long nowNanos) {
        if (block.lastReport() == 0) {
            return OptionalLong.empty();
        }
        long now = NtpTime.middle(NtpTime.ofNanos(nowNanos));
        long nanos = NtpTime.nanosOfMiddle(Wire.ahead32(block.lastReport() + block.sinceLastReport(), now));
        return nanos < 0 || nanos > GREATEST_ROUND_TRIP_NANOS ? OptionalLong.empty() : OptionalLong.of(nanos);
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
                .senderReport(NtpTime.ofNanos(nowNanos), RtpTime.ofNanos(nowNanos), packets, payloadBytes)
                .cname(settings.cname());
    }
}
