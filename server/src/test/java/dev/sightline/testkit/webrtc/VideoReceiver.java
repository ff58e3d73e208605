package dev.sightline.testkit.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decrypts what comes, sorts it, and reports as a receiver must. Lives on the loop's thread. */
final class VideoReceiver {
    private static final long REPORT_MILLIS = 1000;
    private static final long REPAIR_MILLIS = 10;
    private static final long FEEDBACK_MILLIS = 100;
    private static final long KEYFRAME_PAUSE_NANOS = 300_000_000;
    private static final int ORIGINAL_SEQUENCE = 2;
    private static final int MOST_EARLY = 512;

    private final EventLoop loop;
    private final PeerSettings settings;
    private final Consumer<byte[]> control;
    private final Reception reception;
    private final Consumer<FrameArrival> frames;
    private final Map<Integer, VideoCodec> codecs = new HashMap<>();
    private final Queue<ByteBuf> early = new ArrayDeque<>();
    private final Arrivals arrivals = new Arrivals();
    private final int own = ThreadLocalRandom.current().nextInt();
    private @Nullable SecureRtp keys;
    private @Nullable ScheduledFuture<?> reporting;
    private @Nullable ScheduledFuture<?> repairing;
    private @Nullable ScheduledFuture<?> telling;
    private int media;
    private VideoCodec codec = VideoCodec.VP8;
    private long firstPacketNanos;
    private long firstPictureNanos;
    private long whole;
    private long brokenFrames;
    private long keyframeAskedNanos;
    private int lastReport;
    private long lastReportNanos;
    private long reportedReceived;
    private long reportedLost;
    private long estimate;
    private int demands;
    private boolean goodbye;

    VideoReceiver(EventLoop loop, PeerSettings settings, Consumer<byte[]> control, Consumer<FrameArrival> frames) {
        this.loop = loop;
        this.settings = settings;
        this.control = control;
        this.frames = frames;
        this.reception = new Reception(!settings.headersOnly(), settings.repair(), this::closed, this::broken);
    }

    /** The codecs that may come, by payload type, as SDP names them. */
    void expect(Map<Integer, String> names) {
        names.forEach((type, name) -> Arrays.stream(VideoCodec.values())
                .filter(known -> known.name().equals(name))
                .forEach(known -> codecs.put(type, known)));
    }

    void start(SecureRtp agreed) {
        keys = agreed;
        for (ByteBuf packet = early.poll(); packet != null; packet = early.poll()) {
            read(packet);
            packet.release();
        }
        reporting = loop.scheduleAtFixedRate(this::report, REPORT_MILLIS, REPORT_MILLIS, TimeUnit.MILLISECONDS);
        if (settings.repair()) {
            repairing = loop.scheduleAtFixedRate(this::repair, REPAIR_MILLIS, REPAIR_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (settings.feedback()) {
            telling = loop.scheduleAtFixedRate(this::tell, FEEDBACK_MILLIS, FEEDBACK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        early.forEach(ByteBuf::release);
        early.clear();
        for (ScheduledFuture<?> task : Arrays.asList(reporting, repairing, telling)) {
            if (task != null) {
                task.cancel(false);
            }
        }
    }

    /** What comes before the handshake's end has reached this thread waits for it. */
    void read(ByteBuf packet) {
        if (keys == null && early.size() < MOST_EARLY) {
            early.add(packet.copy());
            return;
        }
        if (packet.readableBytes() < RtpHeader.FIXED) {
            return;
        }
        if (isControl(packet)) {
            readControl(packet);
        } else {
            readVideo(packet);
        }
    }

    long firstPacketNanos() {
        return firstPacketNanos;
    }

    long firstPictureNanos() {
        return firstPictureNanos;
    }

    void requestKeyframe() {
        control.accept(keyframeRequest());
    }

    byte[] keyframeRequest() {
        return Rtcp.together(receiverReport(), Rtcp.pli(own, media));
    }

    void demandKeyframe() {
        control.accept(Rtcp.together(receiverReport(), Rtcp.fir(own, media, ++demands & 0xFF)));
    }

    void estimate(long bitsPerSecond) {
        estimate = bitsPerSecond;
        report();
    }

    PeerStats stats() {
        return new PeerStats(reception.lost(), reception.late(), whole, brokenFrames, goodbye);
    }

    private void readVideo(ByteBuf packet) {
        RtpHeader header = RtpHeader.read(packet);
        if (settings.feedback()) {
            RtpHeader.transportSequence(packet).ifPresent(number -> arrivals.arrived(number, System.nanoTime()));
        }
        VideoCodec known = codecs.get(header.payloadType());
        if (firstPacketNanos == 0) {
            firstPacketNanos = System.nanoTime();
        }
        if (known == null) {
            readRepair(packet, header);
            return;
        }
        codec = known;
        media = header.ssrc();
        boolean needed = !settings.headersOnly() || reception.opensFrame(header.timestamp());
        byte[] payload = needed ? payload(packet) : null;
        if (payload != null || !needed) {
            take(header, header.sequence(), packet.readableBytes(), payload);
        }
    }

    /** A retransmitted packet holds the original's number and then its payload (RFC 4588). */
    private void readRepair(ByteBuf packet, RtpHeader header) {
        byte[] payload = payload(packet);
        if (payload == null || payload.length <= ORIGINAL_SEQUENCE) {
            return;
        }
        take(
                header,
                RtpHeader.int16(payload, 0),
                packet.readableBytes(),
                Arrays.copyOfRange(payload, ORIGINAL_SEQUENCE, payload.length));
    }

    private void take(RtpHeader header, int sequence, int size, byte @Nullable [] payload) {
        reception.packet(codec, sequence, header.timestamp(), header.marker(), size, payload);
    }

    private byte @Nullable [] payload(ByteBuf packet) {
        Optional<byte[]> opened = Optional.ofNullable(keys).flatMap(agreed -> agreed.openRtp(bytes(packet)));
        return opened.map(
                        plain -> Arrays.copyOfRange(plain, RtpHeader.payloadStart(plain), RtpHeader.payloadEnd(plain)))
                .orElse(null);
    }

    private void readControl(ByteBuf packet) {
        Optional<byte[]> opened = Optional.ofNullable(keys).flatMap(agreed -> agreed.openRtcp(bytes(packet)));
        opened.ifPresent(this::readReports);
    }

    private void readReports(byte[] packets) {
        for (int at = 0; at + 4 <= packets.length; at += 4 + 4 * RtpHeader.int16(packets, at + 2)) {
            int type = packets[at + 1] & 0xFF;
            goodbye |= type == Rtcp.GOODBYE;
            if (type == Rtcp.SENDER_REPORT) {
                lastReport = RtpHeader.int32(packets, at + 10);
                lastReportNanos = System.nanoTime();
            }
        }
    }

    private static byte[] bytes(ByteBuf packet) {
        byte[] bytes = new byte[packet.readableBytes()];
        packet.getBytes(packet.readerIndex(), bytes);
        return bytes;
    }

    private void closed(FrameArrival frame) {
        whole += frame.whole() ? 1 : 0;
        brokenFrames += frame.whole() ? 0 : 1;
        if (firstPictureNanos == 0 && frame.whole() && frame.keyframe()) {
            firstPictureNanos = frame.lastNanos();
        }
        frames.accept(frame);
    }

    private void broken() {
        long now = System.nanoTime();
        if (settings.repair() && now - keyframeAskedNanos > KEYFRAME_PAUSE_NANOS) {
            keyframeAskedNanos = now;
            requestKeyframe();
        }
    }

    private void repair() {
        List<Long> wanted = reception.wanted();
        if (!wanted.isEmpty()) {
            control.accept(Rtcp.nack(own, media, wanted));
        }
    }

    private void tell() {
        arrivals.message(own, media).ifPresent(control);
    }

    private void report() {
        byte[] report = receiverReport();
        control.accept(estimate > 0 ? Rtcp.together(report, Rtcp.remb(own, media, estimate)) : report);
        reportedReceived = reception.received();
        reportedLost = reception.lost();
    }

    private byte[] receiverReport() {
        long lost = Math.max(0, reception.lost() - reportedLost);
        long all = Math.max(1, reception.received() - reportedReceived + lost);
        int delay = lastReport == 0 ? 0 : (int) ((System.nanoTime() - lastReportNanos) * 65_536 / 1_000_000_000);
        return Rtcp.receiverReport(
                own,
                media,
                (int) Math.min(255, lost * 256 / all),
                (int) reception.lost(),
                (int) reception.highest(),
                lastReport,
                delay);
    }

    private static boolean isControl(ByteBuf packet) {
        int second = packet.getUnsignedByte(packet.readerIndex() + 1);
        return second >= 192 && second < 224;
    }
}
