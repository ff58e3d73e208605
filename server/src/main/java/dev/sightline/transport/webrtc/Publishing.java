package dev.sightline.transport.webrtc;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Codec;
import dev.sightline.stream.Publisher;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.ReceivedFrame;
import dev.sightline.transport.webrtc.rtp.ReceiverSettings;
import dev.sightline.transport.webrtc.rtp.ReceiverStatistics;
import dev.sightline.transport.webrtc.rtp.RtcpPacket;
import dev.sightline.transport.webrtc.rtp.RtpReceiver;
import java.util.List;

/** One sender's share of a stream: makes pictures of its packets, and publishes them. Used on the media thread. */
final class Publishing {
    private final Publisher publisher;
    private final Codec codec;
    private final RtpReceiver receiver;

    Publishing(Publisher publisher, ReceiverSettings settings, PacketSink sink) {
        this.publisher = publisher;
        this.codec = settings.codec();
        this.receiver = new RtpReceiver(settings, sink, this::frame);
    }

    Codec codec() {
        return codec;
    }

    void rtp(byte[] packet, int offset, int length) {
        receiver.rtp(packet, offset, length, now());
    }

    void rtcp(List<RtcpPacket> said) {
        receiver.rtcp(said, now());
    }

    void tick() {
        receiver.tick(now());
    }

    ReceiverStatistics statistics() {
        return receiver.statistics();
    }

    void close() {
        publisher.close();
    }

    private void frame(ReceivedFrame frame) {
        // To come with the publisher's own way for video.
    }

    private static long now() {
        return CaptureClock.system().nanos();
    }
}
