package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.util.List;
import java.util.OptionalInt;

/**
 * Any packets, however they follow each other, are RTP or RTCP or are counted as neither; nothing is thrown. A length
 * and a number of milliseconds stand before each packet.
 */
public final class RtpFuzz {
    private static final long MILLISECOND = 1_000_000L;
    private static final PacketSink NOWHERE = new PacketSink() {
        @Override
        public void rtp(byte[] packet, int offset, int length) {}

        @Override
        public void rtcp(byte[] packet, int offset, int length) {
            // What was written can be read.
            RtcpReader reader = new RtcpReader();
            if (reader.read(packet, offset, length).isEmpty() || reader.malformed() > 0) {
                throw new IllegalStateException("a compound of our own is malformed");
            }
        }

        @Override
        public void flush() {}
    };

    private RtpFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        feed(input, Codec.VP8);
        feed(input, Codec.H264);
    }

    private static void feed(byte[] input, Codec codec) {
        RtpReceiver receiver = new RtpReceiver(
                new ReceiverSettings(codec, 96, OptionalInt.of(97), 3, "sightline", 1_000_000), NOWHERE, frame -> {});
        long now = Pictures.START_NANOS;
        RtpSender sender = new RtpSender(
                Senders.withTransportFeedback(1, 96, "sightline", 2),
                NOWHERE,
                new RateControl(List.of(Pictures.VP8, Pictures.SMALL_VP8), now),
                () -> {});
        sender.frame(new RtpFeed(Pictures.VP8), Pictures.picture(Codec.VP8, 1, true, 5_000), now);
        RtcpReader reader = new RtcpReader();
        for (int at = 0; at + 2 < input.length; ) {
            int length = Math.min(BigEndian.u8(input, at), input.length - at - 2);
            now += BigEndian.u8(input, at + 1) * MILLISECOND;
            receiver.rtp(input, at + 2, length, now);
            List<RtcpPacket> said = reader.read(input, at + 2, length);
            receiver.rtcp(said, now);
            sender.rtcp(said, now);
            receiver.tick(now);
            sender.tick(now);
            at += 2 + length;
        }
    }
}
