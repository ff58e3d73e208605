package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes one viewer's RTP packets into an array of its own: header and extensions stand there once and for all, and
 * only what changes is written anew. All packets have the same extensions, so that a picture's packets are equally
 * long. On the media thread.
 */
final class PacketWriter {
    private static final int RTX_HEADER_SIZE = 2;

    private final byte[] packet;
    private final int payloadType;
    private final int headerSize;
    private final int sendTimeAt;
    private final int captureTimeAt;
    private final int playoutDelayAt;
    private int size;

    PacketWriter(SenderSettings settings, long ssrc, int payloadType) {
        this.payloadType = payloadType;
        SortedMap<Integer, byte[]> extensions = extensions(settings);
        byte[] extension = HeaderExtensions.write(extensions);
        headerSize = RtpHeader.FIXED_SIZE + extension.length;
        packet = new byte[headerSize + RTX_HEADER_SIZE + Packetiser.GREATEST_PAYLOAD];
        packet[0] = (byte) (extension.length == 0 ? 0x80 : 0x90);
        BigEndian.put32(packet, 8, ssrc);
        System.arraycopy(extension, 0, packet, RtpHeader.FIXED_SIZE, extension.length);
        sendTimeAt = place(extensions, settings.absoluteSendTime().orElse(0));
        captureTimeAt = place(extensions, settings.absoluteCaptureTime().orElse(0));
        playoutDelayAt = place(extensions, settings.playoutDelay().orElse(0));
    }

    /** From now on, what the extension of that name says. */
    void playoutDelay(int value) {
        if (playoutDelayAt > 0) {
            BigEndian.put24(packet, playoutDelayAt, value);
        }
    }

    /** A packet of the video. */
    PacketWriter video(FeedPacket from, int seq, long timestamp, long sentNanos) {
        header(from, seq, timestamp, sentNanos);
        System.arraycopy(from.payload(), 0, packet, headerSize, from.payload().length);
        size = headerSize + from.payload().length;
        return this;
    }

    /** The retransmission of a packet, in the form of RFC 4588. */
    PacketWriter again(FeedPacket from, int seq, int originalSeq, long timestamp, long sentNanos) {
        header(from, seq, timestamp, sentNanos);
        BigEndian.put16(packet, headerSize, originalSeq);
        System.arraycopy(from.payload(), 0, packet, headerSize + RTX_HEADER_SIZE, from.payload().length);
        size = headerSize + RTX_HEADER_SIZE + from.payload().length;
        return this;
    }

    /** Hands over what was written, and tells its size. */
    int to(PacketSink sink) {
        sink.rtp(packet, 0, size);
        return size;
    }

    private void header(FeedPacket from, int seq, long timestamp, long sentNanos) {
        packet[1] = (byte) (payloadType | (from.marker() ? 0x80 : 0));
        BigEndian.put16(packet, 2, seq);
        BigEndian.put32(packet, 4, timestamp);
        if (sendTimeAt > 0) {
            BigEndian.put24(packet, sendTimeAt, NtpTime.absoluteSendTime(sentNanos));
        }
        if (captureTimeAt > 0) {
            BigEndian.put64(packet, captureTimeAt, NtpTime.ofNanos(from.captureNanos()));
        }
    }

    private static SortedMap<Integer, byte[]> extensions(SenderSettings settings) {
        SortedMap<Integer, byte[]> extensions = new TreeMap<>();
        settings.mid().ifPresent(mid -> extensions.put(mid.id(), mid.mid().getBytes(StandardCharsets.US_ASCII)));
        settings.absoluteSendTime().ifPresent(id -> extensions.put(id, new byte[3]));
        settings.absoluteCaptureTime().ifPresent(id -> extensions.put(id, new byte[8]));
        settings.playoutDelay().ifPresent(id -> extensions.put(id, new byte[3]));
        return extensions;
    }

    /** Where the value with this id stands in the packet; 0 if there is none. */
    private static int place(SortedMap<Integer, byte[]> extensions, int id) {
        if (!extensions.containsKey(id)) {
            return 0;
        }
        int header = HeaderExtensions.needTwoBytes(extensions) ? 2 : 1;
        int before = extensions.headMap(id).values().stream()
                .mapToInt(value -> header + value.length)
                .sum();
        return RtpHeader.FIXED_SIZE + 4 + before + header;
    }
}
