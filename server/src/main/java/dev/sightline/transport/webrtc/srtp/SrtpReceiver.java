package dev.sightline.transport.webrtc.srtp;

import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** Opens incoming packets (RFC 3711, receiver): only authentic ones, and each only once. Used on the media thread. */
public final class SrtpReceiver {
    /** Instead of a length: the packet is not authentic. */
    public static final int FORGED = -1;

    /** Instead of a length: the packet has come before, or is too old to tell. */
    public static final int REPLAYED = -2;

    private static final int MAX_SSRCS = 32;

    private final PacketCipher cipher;
    private final Map<Integer, ReplayWindow> rtp = new HashMap<>();
    private final Map<Integer, ReplayWindow> rtcp = new HashMap<>();

    /** Opens with the peer's keys. */
    public SrtpReceiver(SrtpKeyingMaterial material) throws GeneralSecurityException {
        this(SrtpKeys.theirs(material).cipher());
    }

    private SrtpReceiver(PacketCipher cipher) {
        this.cipher = cipher;
    }

    /** Opens an RTP packet in place; returns its new length, or {@link #FORGED} or {@link #REPLAYED}. */
    public int rtp(byte[] packet, int length) {
        int header = Rtp.headerBytes(packet, 0, length);
        if (header < 0) {
            return FORGED;
        }
        int ssrc = Rtp.ssrc(packet, 0);
        ReplayWindow window = window(rtp, ssrc);
        long index = window.index(Rtp.sequence(packet, 0));
        if (window.contains(index)) {
            return REPLAYED;
        }
        return opened(() -> cipher.openRtp(packet, header, length, ssrc, index), rtp, ssrc, window, index);
    }

    /** Opens a compound RTCP packet, as above. */
    public int rtcp(byte[] packet, int length) {
        int index = cipher.rtcpIndex(packet, length);
        if (index < 0) {
            return FORGED;
        }
        int ssrc = Rtp.rtcpSsrc(packet, 0);
        ReplayWindow window = window(rtcp, ssrc);
        if (window.contains(index)) {
            return REPLAYED;
        }
        return opened(() -> cipher.openRtcp(packet, length, ssrc), rtcp, ssrc, window, index);
    }

    private static ReplayWindow window(Map<Integer, ReplayWindow> windows, int ssrc) {
        ReplayWindow known = windows.get(ssrc);
        return known != null ? known : new ReplayWindow();
    }

    private static int opened(
            Opening opening, Map<Integer, ReplayWindow> windows, int ssrc, ReplayWindow window, long index) {
        int length;
        try {
            length = opening.open();
        } catch (GeneralSecurityException e) {
            return FORGED;
        }
        if (windows.size() < MAX_SSRCS || windows.containsKey(ssrc)) {
            window.add(index);
            windows.put(ssrc, window);
            return length;
        }
        return FORGED;
    }

    private interface Opening {
        int open() throws GeneralSecurityException;
    }
}
