package dev.sightline.transport.webrtc.congestion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.LongUnaryOperator;

/** Sends frames over a simulated line, at the rate that is made of the estimate, with feedback every 50 ms; in virtual time. */
final class Sending {
    private static final long MILLI = 1_000_000;
    private static final int PACKET = 1_200;
    private static final long FEEDBACK_MILLIS = 50;

    private final SimulatedLine line;
    private final BandwidthEstimator estimator;
    private final LongUnaryOperator encoder;
    private final int fps;
    private final List<Sent> unreported = new ArrayList<>();
    private final PriorityQueue<Message> onTheWay = new PriorityQueue<>(Comparator.comparingLong(Message::dueNanos));
    private long nowNanos;
    private long nextFrameNanos;
    private long seq;
    private int frames;

    final List<Sample> samples = new ArrayList<>();

    /** @param encoder from the estimate to what is encoded, both in bits per second */
    Sending(SimulatedLine line, BandwidthEstimator estimator, int fps, LongUnaryOperator encoder) {
        this.line = line;
        this.estimator = estimator;
        this.fps = fps;
        this.encoder = encoder;
    }

    Sending run(int seconds) {
        for (long end = nowNanos + seconds * 1_000 * MILLI; nowNanos < end; nowNanos += MILLI) {
            if (nowNanos >= nextFrameNanos) {
                frame();
                nextFrameNanos += 1_000 * MILLI / fps;
            }
            if (nowNanos / MILLI % FEEDBACK_MILLIS == 0) {
                report();
            }
            while (!onTheWay.isEmpty() && onTheWay.peek().dueNanos() <= nowNanos) {
                estimator.feedback(onTheWay.remove().feedback(), nowNanos);
            }
            if (nowNanos / MILLI % 100 == 0) {
                samples.add(new Sample(
                        nowNanos / MILLI,
                        estimator.bitsPerSecond(),
                        line.waiting(nowNanos) / MILLI,
                        estimator.lossShare()));
            }
        }
        return this;
    }

    private void frame() {
        long bits = encoder.applyAsLong(estimator.bitsPerSecond());
        boolean keyframe = frames++ % (10 * fps) == 0;
        int bytes = (int) Math.max(100, bits / 8 / fps * (keyframe ? 5 : 1));
        int packets = (bytes + PACKET - 1) / PACKET;
        int each = bytes / packets;
        estimator.sent(seq, packets, packets * each, nowNanos);
        for (int i = 0; i < packets; i++) {
            unreported.add(new Sent(seq++, line.arrival(each, nowNanos)));
        }
    }

    /** The receiver tells what has arrived since, and which before that have not. */
    private void report() {
        int last = -1;
        for (int i = 0; i < unreported.size(); i++) {
            OptionalLong arrival = unreported.get(i).arrivalNanos();
            if (arrival.isPresent() && arrival.getAsLong() <= nowNanos) {
                last = i;
            }
        }
        if (last < 0) {
            return;
        }
        List<Sent> told = unreported.subList(0, last + 1);
        long[] arrivals = told.stream()
                .mapToLong(packet -> packet.arrivalNanos().isPresent()
                        ? packet.arrivalNanos().getAsLong() / TransportFeedback.TICK_NANOS & 0xFFFF_FFFFL
                        : TransportFeedback.LOST)
                .toArray();
        onTheWay.add(new Message(
                nowNanos + line.delayNanos(),
                new TransportFeedback((int) told.get(0).seq() & 0xFFFF, Arrays.copyOf(arrivals, arrivals.length))));
        told.clear();
    }

    /** The samples of a span, in seconds since the beginning. */
    List<Sample> between(double from, double to) {
        return samples.stream()
                .filter(each -> each.millis() >= from * 1_000 && each.millis() < to * 1_000)
                .toList();
    }

    record Sample(long millis, long estimate, long waitingMillis, double loss) {}

    private record Sent(long seq, OptionalLong arrivalNanos) {}

    private record Message(long dueNanos, TransportFeedback feedback) {}
}
