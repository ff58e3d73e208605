package dev.sightline.testkit.webrtc;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;

/** SRTP and SRTCP in both directions (RFC 3711), with a context for each SSRC. For one thread at a time. */
final class SecureRtp {
    static {
        // Else the library measures all ciphers at its first use.
        Aes.setFactoryClassName("SunJCE");
    }

    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final Map<Integer, SrtpCryptoContext> in = new HashMap<>();
    private final Map<Integer, SrtpCryptoContext> out = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> controlIn = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> controlOut = new HashMap<>();

    private SecureRtp(SrtpContextFactory sending, SrtpContextFactory receiving) {
        this.sending = sending;
        this.receiving = receiving;
    }

    /** How many bytes of keys a DTLS client exports. */
    static int materialLength(SrtpProfile profile) {
        return 2 * (SrtpProfile.KEY + profile.salt());
    }

    /** With the keys that a DTLS client exports: its key, the server's, its salt, the server's. */
    static SecureRtp ofClient(SrtpProfile profile, byte[] material) {
        int key = SrtpProfile.KEY;
        int salt = profile.salt();
        return new SecureRtp(
                factory(true, profile, part(material, 0, key), part(material, 2 * key, salt)),
                factory(false, profile, part(material, key, key), part(material, 2 * key + salt, salt)));
    }

    /** Decrypts a packet of media in place; false where it is forged or repeated. */
    boolean openRtp(PacketBytes packet) throws GeneralSecurityException {
        return context(in, receiving, ssrcAt(packet, 8)).reverseTransformPacket(packet, false) == SrtpErrorStatus.OK;
    }

    /** Decrypts a control packet in place; false where it is forged or repeated. */
    boolean openRtcp(PacketBytes packet) throws GeneralSecurityException {
        return control(controlIn, receiving, ssrcAt(packet, 4)).reverseTransformPacket(packet) == SrtpErrorStatus.OK;
    }

    /** Encrypts a packet of media in place. */
    void sealRtp(PacketBytes packet) throws GeneralSecurityException {
        context(out, sending, ssrcAt(packet, 8)).transformPacket(packet);
    }

    /** Encrypts a control packet in place. */
    void sealRtcp(PacketBytes packet) throws GeneralSecurityException {
        control(controlOut, sending, ssrcAt(packet, 4)).transformPacket(packet);
    }

    private static SrtpCryptoContext context(
            Map<Integer, SrtpCryptoContext> contexts, SrtpContextFactory factory, int ssrc)
            throws GeneralSecurityException {
        SrtpCryptoContext known = contexts.get(ssrc);
        if (known == null) {
            known = factory.deriveContext(ssrc, 0);
            contexts.put(ssrc, known);
        }
        return known;
    }

    private static SrtcpCryptoContext control(
            Map<Integer, SrtcpCryptoContext> contexts, SrtpContextFactory factory, int ssrc)
            throws GeneralSecurityException {
        SrtcpCryptoContext known = contexts.get(ssrc);
        if (known == null) {
            known = factory.deriveControlContext(ssrc);
            contexts.put(ssrc, known);
        }
        return known;
    }

    private static SrtpContextFactory factory(boolean sender, SrtpProfile profile, byte[] key, byte[] salt) {
        SrtpPolicy policy = profile.policy();
        return new SrtpContextFactory(sender, key, salt, policy, profile.policy(), new Quiet());
    }

    private static byte[] part(byte[] material, int from, int length) {
        return Arrays.copyOfRange(material, from, from + length);
    }

    private static int ssrcAt(PacketBytes packet, int at) {
        return RtpHeader.int32(packet.getBuffer(), at);
    }
}
