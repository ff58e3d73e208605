package dev.sightline.transport.webrtc.srtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/**
 * Protects outgoing packets (RFC 3711, sender). A sequence number may be sent again only with the same packet. Used on the
 * media thread.
 */
public final class SrtpSender {
    /** The most that encryption adds to a packet: a tag and, for RTCP, an index. */
    private static final int MAX_OVERHEAD_BYTES = 20;

    private static final int WARM_UP_PACKETS = 100;
    private static final int WARM_UP_BYTES = 1200;

    private final PacketCipher cipher;
    private final Map<Integer, Track> tracks = new HashMap<>();

    /** Caches the track, since most consecutive packets have the same SSRC. */
    private Track latest = new Track(0);

    /** Protects with this side's keys. */
    public SrtpSender(SrtpKeyingMaterial material) throws GeneralSecurityException {
        this(SrtpKeys.ours(material).cipher());
    }

    private SrtpSender(PacketCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Protects an RTP packet into {@code sealed}, from index 0.
     *
     * @return the length
     * @throws IllegalArgumentException if it is not an RTP packet
     */
    public int rtp(byte[] packet, int offset, int length, byte[] sealed) {
        int header = Rtp.headerBytes(packet, offset, length);
        if (header < 0 || length + MAX_OVERHEAD_BYTES > sealed.length) {
            throw new IllegalArgumentException("this RTP packet cannot be sent: it has " + length + " bytes");
        }
        int ssrc = Rtp.ssrc(packet, offset);
        long index = track(ssrc).index(Rtp.sequence(packet, offset));
        try {
            return cipher.sealRtp(packet, offset, header, length, ssrc, index, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt RTP", e);
        }
    }

    /** Protects a compound RTCP packet, as above. */
    public int rtcp(byte[] packet, int offset, int length, byte[] sealed) {
        if (length < Rtp.MIN_RTCP_BYTES || length + MAX_OVERHEAD_BYTES > sealed.length) {
            throw new IllegalArgumentException("this RTCP packet cannot be sent: it has " + length + " bytes");
        }
        int ssrc = Rtp.rtcpSsrc(packet, offset);
        try {
            return cipher.sealRtcp(packet, offset, length, ssrc, track(ssrc).nextRtcp(), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt RTCP", e);
        }
    }

    /** Protects packets that are not sent, so that Java has loaded and compiled the code. */
    public static void warmUp(SrtpKeyingMaterial material) {
        try {
            SrtpSender sender = new SrtpSender(material);
            byte[] packet = new byte[WARM_UP_BYTES];
            byte[] sealed = new byte[2 * WARM_UP_BYTES];
            packet[0] = (byte) 0x80;
            for (int i = 0; i < WARM_UP_PACKETS; i++) {
                BigEndian.put16(packet, 2, i);
                sender.rtp(packet, 0, packet.length, sealed);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt RTP", e);
        }
    }

    private Track track(int ssrc) {
        if (latest.ssrc != ssrc || tracks.isEmpty()) {
            latest = tracks.computeIfAbsent(ssrc, Track::new);
        }
        return latest;
    }

    /** The progress of one SSRC. */
    private static final class Track {
        private final int ssrc;
        private long highest = -1;
        private int rtcpIndex;

        Track(int ssrc) {
            this.ssrc = ssrc;
        }

        private long index(int sequence) {
            long index = ReplayWindow.nearest(highest, sequence);
            highest = Math.max(highest, index);
            return index;
        }

        private int nextRtcp() {
            return rtcpIndex++;
        }
    }
}
