package dev.sightline.transport.webrtc;

import dev.sightline.codec.PictureException;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Codec;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.EncodedVideo;
import dev.sightline.stream.Publisher;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.ReceivedFrame;
import dev.sightline.transport.webrtc.rtp.ReceiverSettings;
import dev.sightline.transport.webrtc.rtp.ReceiverStatistics;
import dev.sightline.transport.webrtc.rtp.RtcpPacket;
import dev.sightline.transport.webrtc.rtp.RtpReceiver;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One publisher's part in a stream: assembles frames from its packets and publishes them. Used on the media thread. */
final class Publishing {
    private final Publisher publisher;
    private final Codec codec;
    private final RtpReceiver receiver;
    private final Consumer<String> onEnd;

    /**
     * Creates one before the first packet.
     *
     * @param onEnd gets a sentence for people when the stream accepts no more frames
     */
    Publishing(
            Publisher publisher, ReceiverSettings settings, PacketSink sink, Executor media, Consumer<String> onEnd) {
        this.publisher = publisher;
        this.onEnd = onEnd;
        this.codec = settings.codec();
        this.receiver = new RtpReceiver(settings, sink, this::frame);
        publisher.onKeyframeWanted(() -> media.execute(() -> receiver.requestKeyframe(now())));
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
        try {
            publisher.put(new EncodedVideo(frame.codec(), frame.bytes(), frame.keyframe()));
        } catch (PictureException e) {
            receiver.requestKeyframe(now());
        } catch (RefusedException e) {
            onEnd.accept(e.getMessage());
        }
    }

    private static long now() {
        return CaptureClock.system().nanos();
    }
}
