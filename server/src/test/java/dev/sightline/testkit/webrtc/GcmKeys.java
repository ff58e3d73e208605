package dev.sightline.testkit.webrtc;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-128-GCM (RFC 7714). */
final class GcmKeys implements SrtpKeys {
    private static final int TAG_BITS = 128;
    private static final int CONTROL_HEAD = 8;
    private static final int CONTROL_TAIL = 4;
    private static final int ENCRYPTED = 1 << 31;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final SecretKeySpec controlKey;
    private final byte[] salt;
    private final byte[] controlSalt;

    GcmKeys(byte[] masterKey, byte[] masterSalt) {
        key = new SecretKeySpec(SrtpKeys.derived(masterKey, masterSalt, 0, 16), "AES");
        salt = SrtpKeys.derived(masterKey, masterSalt, 2, 12);
        controlKey = new SecretKeySpec(SrtpKeys.derived(masterKey, masterSalt, 3, 16), "AES");
        controlSalt = SrtpKeys.derived(masterKey, masterSalt, 5, 12);
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] sealRtp(byte[] packet, long index) throws GeneralSecurityException {
        return rtp(Cipher.ENCRYPT_MODE, packet, index);
    }

    @Override
    public byte[] openRtp(byte[] packet, long index) throws GeneralSecurityException {
        return rtp(Cipher.DECRYPT_MODE, packet, index);
    }

    @Override
    public byte[] sealRtcp(byte[] packet, int index) throws GeneralSecurityException {
        int word = index | ENCRYPTED;
        byte[] sealed = rtcp(Cipher.ENCRYPT_MODE, packet, packet.length, word);
        return ByteBuffer.allocate(sealed.length + CONTROL_TAIL)
                .put(sealed)
                .putInt(word)
                .array();
    }

    @Override
    public byte[] openRtcp(byte[] packet) throws GeneralSecurityException {
        int end = packet.length - CONTROL_TAIL;
        return rtcp(Cipher.DECRYPT_MODE, packet, end, RtpHeader.int32(packet, end));
    }

    private byte[] rtp(int mode, byte[] packet, long index) throws GeneralSecurityException {
        byte[] nonce = salt.clone();
        SrtpKeys.mix(nonce, 5, RtpHeader.int32(packet, 8) & 0xFFFF_FFFFL);
        SrtpKeys.mix(nonce, 11, index);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        int head = RtpHeader.payloadStart(packet);
        cipher.updateAAD(packet, 0, head);
        return joined(packet, head, cipher.doFinal(packet, head, packet.length - head));
    }

    private byte[] rtcp(int mode, byte[] packet, int end, int word) throws GeneralSecurityException {
        byte[] nonce = controlSalt.clone();
        SrtpKeys.mix(nonce, 5, RtpHeader.int32(packet, 4) & 0xFFFF_FFFFL);
        SrtpKeys.mix(nonce, 11, word & ~ENCRYPTED);
        cipher.init(mode, controlKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(packet, 0, CONTROL_HEAD);
        cipher.updateAAD(ByteBuffer.allocate(4).putInt(word).array());
        return joined(packet, CONTROL_HEAD, cipher.doFinal(packet, CONTROL_HEAD, end - CONTROL_HEAD));
    }

    private static byte[] joined(byte[] packet, int head, byte[] rest) {
        byte[] whole = Arrays.copyOf(packet, head + rest.length);
        System.arraycopy(rest, 0, whole, head, rest.length);
        return whole;
    }
}
