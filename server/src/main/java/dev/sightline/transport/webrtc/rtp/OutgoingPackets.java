package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.congestion.BandwidthEstimator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's packets on their way out: numbers, writes and remembers them, and tells the bandwidth estimator what was sent at
 * once. A frame's packets leave at once, so that they measure the line; but where the line is known to be thin, what a queue
 * before it might not hold, such as most of a keyframe, is paced. {@link PacketSink#flush} is left to the caller. Used on the
 * media thread.
 */
final class OutgoingPackets {
    /** So many packets at once show what the line carries. */
    private static final int TRAIN_PACKETS = 5;

    /** A line that carries more, in bits per second, takes every frame at once. */
    private static final long THIN = 4_000_000;

    /** Times what a train takes on the line, until the next. */
    private static final double TRAIN_PAUSES = 4;

    /** What so many seconds of a thin line carry may leave at once; queues are seldom shorter. */
    private static final double BURST_SECONDS = 0.1;

    /** Times what the line carries, so that it stays full. */
    private static final double PACE = 1.1;

    /** What waits leaves within so many seconds, whatever the line carries. */
    private static final double LONGEST_SECONDS = 1;

    private final PacketSink sink;
    private final PacketWriter video;
    private final @Nullable PacketWriter again;
    private final @Nullable BandwidthEstimator bandwidth;
    private final FeedbackSampling sampling;
    private final RetransmissionHistory sent = new RetransmissionHistory();
    private long nextSeq = ThreadLocalRandom.current().nextInt(1 << 15);
    private int nextAgainSeq = ThreadLocalRandom.current().nextInt(1 << 15);
    private long nextTransportSeq;
    private long packets;
    private long payloadBytes;

    /** In order; numbered, but not written yet. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private int waitingBytes;
    private long releasedNanos;
    private long nextTrainNanos;

    /**
     * Creates the way out to a new viewer.
     *
     * @param bandwidth null: the viewer does not tell when packets arrive
     * @param sampling which packets it is to tell of
     */
    OutgoingPackets(
            SenderSettings settings,
            PacketSink sink,
            @Nullable BandwidthEstimator bandwidth,
            FeedbackSampling sampling) {
        this.sink = sink;
        this.bandwidth = bandwidth;
        this.sampling = sampling;
        this.video = new PacketWriter(settings, settings.ssrc(), settings.payloadType());
        this.again = settings.rtx()
                .map(rtx -> new PacketWriter(settings, rtx.ssrc(), rtx.payloadType()))
                .orElse(null);
    }

    /** Whether retransmissions are a stream of their own; otherwise they must be unchanged. */
    boolean hasRtx() {
        return again != null;
    }

    /** Sets the value of the playout-delay extension from now on; only with RTX, since a retransmitted packet may not differ. */
    void playoutDelay(int value) {
        if (again != null) {
            video.playoutDelay(value);
            again.playoutDelay(value);
        }
    }

    /** Sends a frame, or what of it may leave now, as a train if that is wanted; returns the bytes of its packets. */
    int frame(RtpFeed from, List<FeedPacket> cut, long timestamp, boolean asTrain, long nowNanos) {
        if (cut.isEmpty()) {
            return 0;
        }
        sent.add(nextSeq, cut.size(), from, cut.get(0).index(), timestamp, nowNanos);
        nextSeq += cut.size();
        int now = waiting.isEmpty() ? atOnce(cut) : 0;
        for (FeedPacket packet : cut.subList(now, cut.size())) {
            waiting.add(new Waiting(packet, timestamp));
            waitingBytes += packet.payload().length;
        }
        if (now == 0) {
            return release(nowNanos);
        }
        releasedNanos = nowNanos;
        int size = 0;
        for (int i = 0; i < now; i++) {
            size += write(cut.get(i), nextSeq - cut.size() + i, timestamp, nowNanos);
        }
        together(now, size, nowNanos);
        boolean mayLengthen = now == cut.size() && nowNanos >= nextTrainNanos;
        if (asTrain && mayLengthen && again != null && bandwidth != null) {
            lengthen(cut, timestamp, nowNanos, again, bandwidth.bitsPerSecond());
        }
        return size;
    }

    private int write(FeedPacket packet, long seq, long timestamp, long nowNanos) {
        number(video, nowNanos);
        packets++;
        payloadBytes += packet.payload().length;
        return video.video(packet, (int) seq, timestamp, nowNanos).to(sink);
    }

    /** How many packets may leave at once. */
    private int atOnce(List<FeedPacket> cut) {
        long line = line();
        if (line >= THIN || cut.size() <= TRAIN_PACKETS) {
            return cut.size();
        }
        double bytes = line / 8.0 * BURST_SECONDS;
        int count = 0;
        while (count < cut.size() && (count < TRAIN_PACKETS || bytes > 0)) {
            bytes -= cut.get(count++).payload().length;
        }
        return count;
    }

    /** Sends what waits and may leave by now; returns the bytes. Call it some fifty times a second. */
    int release(long nowNanos) {
        if (waiting.isEmpty()) {
            return 0;
        }
        double bytesPerNano = Math.max(PACE * line() / 8, waitingBytes / LONGEST_SECONDS) / 1e9;
        double budget = (nowNanos - releasedNanos) * bytesPerNano;
        int size = 0;
        int count = 0;
        for (Waiting next = waiting.peek(); next != null && budget > 0; next = waiting.peek()) {
            waiting.remove();
            waitingBytes -= next.packet().payload().length;
            budget -= next.packet().payload().length;
            size += write(next.packet(), nextSeq - waiting.size() - 1, next.timestamp(), nowNanos);
            count++;
        }
        if (count > 0) {
            releasedNanos = nowNanos - Math.round(budget / bytesPerNano); // the last packet may be ahead of its time
            together(count, size, nowNanos);
        }
        return size;
    }

    /** Whether packets wait for their turn. */
    boolean isPaced() {
        return !waiting.isEmpty();
    }

    /** What the line is known to carry, in bits per second. */
    private long line() {
        return bandwidth == null ? Long.MAX_VALUE : bandwidth.carried().orElse(Long.MAX_VALUE);
    }

    /**
     * Makes a frame long enough for a train, by its last packet again, which the viewer ignores; on a line that this would fill for
     * long, by as much padding as it bears.
     */
    private void lengthen(List<FeedPacket> cut, long timestamp, long nowNanos, PacketWriter writer, long line) {
        FeedPacket last = cut.get(cut.size() - 1);
        int bearable = (int) Math.min(Integer.MAX_VALUE, line / 8.0 * BURST_SECONDS / TRAIN_PACKETS);
        int size = 0;
        for (int i = cut.size(); i < TRAIN_PACKETS; i++) {
            number(writer, nowNanos);
            int seq = nextAgainSeq++;
            PacketWriter packet = last.payload().length <= bearable
                    ? writer.again(last, seq, (int) nextSeq - 1, timestamp, nowNanos)
                    : writer.padding(last, bearable, seq, timestamp, nowNanos);
            size += packet.to(sink);
        }
        together(TRAIN_PACKETS - cut.size(), size, nowNanos);
        nextTrainNanos = nowNanos + Math.round(TRAIN_PAUSES * size * 8e9 / line);
    }

    /**
     * Sends a packet again and returns its bytes. Without RTX the packet must be identical: SRTP may not encrypt anything else
     * under the same number (RFC 7714 section 8).
     */
    int again(FeedPacket packet, long seq, long nowNanos) {
        long timestamp = sent.timestamp(seq);
        sent.sentAgain(seq, nowNanos);
        if (again == null) {
            return video.video(packet, (int) seq, timestamp, sent.sentNanos(seq))
                    .to(sink);
        }
        number(again, nowNanos);
        return again.again(packet, nextAgainSeq++, (int) seq, timestamp, nowNanos)
                .to(sink);
    }

    /** A packet without a transport-wide number is one that no feedback is sent for. */
    private void number(PacketWriter packet, long nowNanos) {
        if (sampling.skips(nowNanos)) {
            packet.withoutTransportSequence();
        } else {
            packet.transportSequence(nextTransportSeq++);
        }
    }

    /** The last packets were sent at once. */
    void together(int count, int size, long nowNanos) {
        if (bandwidth == null || count == 0) {
            return;
        }
        if (sampling.skips(nowNanos)) {
            bandwidth.unnumbered(nowNanos);
        } else {
            bandwidth.sent(nextTransportSeq - count, count, size, nowNanos);
        }
    }

    /** Which packets of which feeds were sent. */
    RetransmissionHistory sent() {
        return sent;
    }

    /** The sequence number of the next frame's first packet, not cut to 16 bits. */
    long nextSeq() {
        return nextSeq;
    }

    /** Packets of the video so far, without retransmissions. */
    long packets() {
        return packets;
    }

    /** Their payloads' bytes. */
    long payloadBytes() {
        return payloadBytes;
    }

    private record Waiting(FeedPacket packet, long timestamp) {}
}
