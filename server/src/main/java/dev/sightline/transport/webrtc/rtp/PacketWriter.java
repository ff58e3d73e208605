package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.rtp.SenderSettings.Extensions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes one viewer's RTP packets into its own array. Header and extensions are written once, and only what changes is
 * rewritten. All packets have the same extensions, so that a frame's packets have equal sizes. Used on the media thread.
 */
final class PacketWriter {
    private static final int RTX_HEADER_SIZE = 2;
    private static final int PADDED = 0x20;
    private static final int LONGEST_PADDING = 255;

    private final byte[] packet;
    private final int payloadType;
    private final int headerSize;
    private final int sendTimeAt;
    private final int captureTimeAt;
    private final int playoutDelayAt;
    private final int transportSequenceAt;
    private final byte[] transportSequenceHeader;
    private int size;

    PacketWriter(SenderSettings settings, long ssrc, int payloadType) {
        this.payloadType = payloadType;
        SortedMap<Integer, byte[]> extensions = extensions(settings.extensions());
        byte[] extension = HeaderExtensions.write(extensions);
        headerSize = RtpHeader.FIXED_SIZE + extension.length;
        packet = new byte[headerSize + RTX_HEADER_SIZE + Packetiser.GREATEST_PAYLOAD];
        packet[0] = (byte) (extension.length == 0 ? 0x80 : 0x90);
        BigEndian.put32(packet, 8, ssrc);
        System.arraycopy(extension, 0, packet, RtpHeader.FIXED_SIZE, extension.length);
        sendTimeAt = place(extensions, settings.extensions().absoluteSendTime());
        captureTimeAt = place(extensions, settings.extensions().absoluteCaptureTime());
        playoutDelayAt = place(extensions, settings.extensions().playoutDelay());
        transportSequenceAt = place(extensions, settings.extensions().transportSequence());
        int header = HeaderExtensions.headerSize(extensions);
        transportSequenceHeader = transportSequenceAt == 0
                ? new byte[0]
                : Arrays.copyOfRange(packet, transportSequenceAt - header, transportSequenceAt);
    }

    /** Sets the value of the playout-delay extension from now on. */
    void playoutDelay(int value) {
        if (playoutDelayAt > 0) {
            BigEndian.put24(packet, playoutDelayAt, value);
        }
    }

    /** Sets the transport-wide sequence number of the next packet; its lowest 16 bits are sent. */
    void transportSequence(long number) {
        if (transportSequenceAt > 0) {
            int header = transportSequenceHeader.length;
            System.arraycopy(transportSequenceHeader, 0, packet, transportSequenceAt - header, header);
            BigEndian.put16(packet, transportSequenceAt, (int) number);
        }
    }

    /** Puts padding (RFC 8285, 4.2) where the transport-wide sequence number would stand, so that packets keep one size. */
    void withoutTransportSequence() {
        if (transportSequenceAt > 0) {
            Arrays.fill(
                    packet,
                    transportSequenceAt - transportSequenceHeader.length,
                    transportSequenceAt + Short.BYTES,
                    (byte) 0);
        }
    }

    /** A packet of the video. */
    PacketWriter video(FeedPacket from, int seq, long timestamp, long sentNanos) {
        header(from, seq, timestamp, sentNanos);
        System.arraycopy(from.payload(), 0, packet, headerSize, from.payload().length);
        size = headerSize + from.payload().length;
        return this;
    }

    /** The retransmission of a packet in the form of RFC 4588. */
    PacketWriter again(FeedPacket from, int seq, int originalSeq, long timestamp, long sentNanos) {
        header(from, seq, timestamp, sentNanos);
        BigEndian.put16(packet, headerSize, originalSeq);
        System.arraycopy(from.payload(), 0, packet, headerSize + RTX_HEADER_SIZE, from.payload().length);
        size = headerSize + RTX_HEADER_SIZE + from.payload().length;
        return this;
    }

    /** A packet that has nothing but padding (RFC 3550, 5.1), at most {@value #LONGEST_PADDING} bytes: it is received and ignored. */
    PacketWriter padding(FeedPacket beside, int bytes, int seq, long timestamp, long sentNanos) {
        int length = Math.max(1, Math.min(LONGEST_PADDING, bytes));
        header(beside, seq, timestamp, sentNanos);
        packet[0] |= PADDED;
        Arrays.fill(packet, headerSize, headerSize + length - 1, (byte) 0);
        packet[headerSize + length - 1] = (byte) length;
        size = headerSize + length;
        return this;
    }

    /** Hands over what was written; returns its size. */
    int to(PacketSink sink) {
        sink.rtp(packet, 0, size);
        packet[0] &= ~PADDED;
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

    private static SortedMap<Integer, byte[]> extensions(Extensions settings) {
        SortedMap<Integer, byte[]> extensions = new TreeMap<>();
        settings.mid().ifPresent(mid -> extensions.put(mid.id(), mid.mid().getBytes(StandardCharsets.US_ASCII)));
        settings.absoluteSendTime().ifPresent(id -> extensions.put(id, new byte[3]));
        settings.absoluteCaptureTime().ifPresent(id -> extensions.put(id, new byte[8]));
        settings.playoutDelay().ifPresent(id -> extensions.put(id, new byte[3]));
        settings.transportSequence().ifPresent(id -> extensions.put(id, new byte[2]));
        return extensions;
    }

    /** The index of this extension's value in the packet; 0 if there is none. */
    private static int place(SortedMap<Integer, byte[]> extensions, OptionalInt wanted) {
        if (wanted.isEmpty()) {
            return 0;
        }
        int id = wanted.getAsInt();
        int header = HeaderExtensions.headerSize(extensions);
        int before = extensions.headMap(id).values().stream()
                .mapToInt(value -> header + value.length)
                .sum();
        return RtpHeader.FIXED_SIZE + 4 + before + header;
    }
}
