package dev.sightline.transport.webrtc.link;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Any bytes are a packet for somebody or are counted; nothing is thrown. They are taken as they are, as an ICE check with
 * a right beginning, and as media.
 */
public final class MediaPacketFuzz {
    private static final StunKey KEY = new StunKey("password");
    private static final InetSocketAddress FROM = new InetSocketAddress("127.0.0.1", 9);
    private static final SrtpReceiver[] RECEIVERS = {
        receiver(SrtpProfile.AEAD_AES_128_GCM), receiver(SrtpProfile.AES_128_CM_HMAC_SHA1_80)
    };
    private static final PeerTransports LINKS =
            new PeerTransports(new DefaultEventLoop(), new DtlsExecutor(1), Timeouts.USUAL, System::nanoTime, TestPort.SETTINGS);
    private static final PacketDemultiplexer RECEPTION = new PacketDemultiplexer(LINKS);

    private MediaPacketFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        RECEPTION.take(Unpooled.wrappedBuffer(input), null, () -> {
            throw new IllegalStateException("a stranger is answered");
        });
        byte[] packet = Arrays.copyOf(input, Math.min(input.length, 2048));
        check(packet.clone());
        for (SrtpReceiver receiver : RECEIVERS) {
            receiver.rtp(packet.clone(), packet.length);
            receiver.rtcp(packet.clone(), packet.length);
        }
    }

    private static void check(byte[] packet) {
        int length = packet.length & ~3;
        if (length >= Stun.HEADER_BYTES) {
            BigEndian.put16(packet, 0, Stun.BINDING_REQUEST);
            BigEndian.put16(packet, 2, length - Stun.HEADER_BYTES);
            BigEndian.put32(packet, Stun.COOKIE_AT, Stun.COOKIE);
            Optional<StunRequest> request = StunRequest.parse(packet, length);
            request.ifPresent(read -> {
                KEY.signed(packet, read.integrityAt());
                StunMessage.success(packet, FROM, KEY);
            });
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
