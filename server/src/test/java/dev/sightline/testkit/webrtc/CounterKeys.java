package dev.sightline.testkit.webrtc;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AES-128 in counter mode, with HMAC-SHA1 cut to 80 bits (RFC 3711). */
final class CounterKeys implements SrtpKeys {
    private static final int TAG = 10;
    private static final int CONTROL_HEAD = 8;
    private static final int CONTROL_TAIL = 4;
    private static final int ENCRYPTED = 1 << 31;

    private final Cipher cipher;
    private final byte[] key;
    private final byte[] controlKey;
    private final byte[] salt;
    private final byte[] controlSalt;
    private final Mac mac;
    private final Mac controlMac;

    CounterKeys(byte[] masterKey, byte[] masterSalt) {
        key = SrtpKeys.derived(masterKey, masterSalt, 0, 16);
        salt = SrtpKeys.derived(masterKey, masterSalt, 2, 14);
        controlKey = SrtpKeys.derived(masterKey, masterSalt, 3, 16);
        controlSalt = SrtpKeys.derived(masterKey, masterSalt, 5, 14);
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            mac = mac(SrtpKeys.derived(masterKey, masterSalt, 1, 20));
            controlMac = mac(SrtpKeys.derived(masterKey, masterSalt, 4, 20));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] sealRtp(byte[] packet, long index) throws GeneralSecurityException {
        byte[] sealed = crypted(packet, packet.length, RtpHeader.payloadStart(packet), key, rtpStart(packet, index));
        return joined(sealed, tag(mac, sealed, sealed.length, (int) (index >> 16)));
    }

    @Override
    public byte[] openRtp(byte[] packet, long index) throws GeneralSecurityException {
        int end = packet.length - TAG;
        verify(tag(mac, packet, end, (int) (index >> 16)), packet, end);
        return crypted(packet, end, RtpHeader.payloadStart(packet), key, rtpStart(packet, index));
    }

    @Override
    public byte[] sealRtcp(byte[] packet, int index) throws GeneralSecurityException {
        byte[] sealed = crypted(packet, packet.length, CONTROL_HEAD, controlKey, rtcpStart(packet, index));
        int word = index | ENCRYPTED;
        byte[] numbered = joined(sealed, ByteBuffer.allocate(4).putInt(word).array());
        return joined(numbered, tag(controlMac, sealed, sealed.length, word));
    }

    @Override
    public byte[] openRtcp(byte[] packet) throws GeneralSecurityException {
        int end = packet.length - TAG - CONTROL_TAIL;
        int word = RtpHeader.int32(packet, end);
        verify(tag(controlMac, packet, end, word), packet, end + CONTROL_TAIL);
        return crypted(packet, end, CONTROL_HEAD, controlKey, rtcpStart(packet, word & ~ENCRYPTED));
    }

    private byte[] rtpStart(byte[] packet, long index) {
        return start(salt, RtpHeader.int32(packet, 8), index);
    }

    private byte[] rtcpStart(byte[] packet, int index) {
        return start(controlSalt, RtpHeader.int32(packet, 4), index);
    }

    private static byte[] start(byte[] salt, int ssrc, long index) {
        byte[] start = Arrays.copyOf(salt, 16);
        SrtpKeys.mix(start, 7, ssrc & 0xFFFF_FFFFL);
        SrtpKeys.mix(start, 13, index);
        return start;
    }

    private byte[] crypted(byte[] packet, int end, int from, byte[] key, byte[] start) throws GeneralSecurityException {
        byte[] crypted = Arrays.copyOf(packet, end);
        SrtpKeys.counter(cipher, key, start).doFinal(packet, from, end - from, crypted, from);
        return crypted;
    }

    private static Mac mac(byte[] key) throws GeneralSecurityException {
        Mac made = Mac.getInstance("HmacSHA1");
        made.init(new SecretKeySpec(key, "HmacSHA1"));
        return made;
    }

    /** Over a packet and a number behind it. */
    private static byte[] tag(Mac mac, byte[] packet, int end, int number) {
        mac.update(packet, 0, end);
        return Arrays.copyOf(mac.doFinal(ByteBuffer.allocate(4).putInt(number).array()), TAG);
    }

    private static void verify(byte[] expected, byte[] packet, int at) throws AEADBadTagException {
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(packet, at, packet.length))) {
            throw new AEADBadTagException("forged");
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
