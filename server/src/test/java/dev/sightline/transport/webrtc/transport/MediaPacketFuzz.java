package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.dtls.DtlsExecutor;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import dev.sightline.transport.webrtc.srtp.SrtpReceiver;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Any bytes are a packet for somebody or are counted; nothing is thrown. They are taken as they are, as an ICE check with
 * a right beginning, and as media.
 */
public final class MediaPacketFuzz {
    private static final SrtpReceiver[] RECEIVERS = {
        receiver(SrtpProfile.AEAD_AES_128_GCM), receiver(SrtpProfile.AES_128_CM_HMAC_SHA1_80)
    };
    private static final PeerTransports LINKS =
            new PeerTransports(Runnable::run, new DtlsExecutor(1), Timeouts.USUAL, System::nanoTime, TestPort.SETTINGS);
    private static final PacketDemultiplexer RECEPTION = new PacketDemultiplexer(LINKS);

    private MediaPacketFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] packet = Arrays.copyOf(input, Math.min(input.length, 2048));
        RECEPTION.take(Arrays.copyOf(packet, 2048), packet.length, null, () -> {
            throw new IllegalStateException("a stranger is answered");
        });
        StunMaker.readAsCheck(packet.clone());
        for (SrtpReceiver receiver : RECEIVERS) {
            receiver.rtp(packet.clone(), packet.length);
            receiver.rtcp(packet.clone(), packet.length);
        }
    }

    private static SrtpReceiver receiver(SrtpProfile profile) {
        try {
            return new SrtpReceiver(new SrtpKeyingMaterial(profile, new byte[profile.materialBytes()], false));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
