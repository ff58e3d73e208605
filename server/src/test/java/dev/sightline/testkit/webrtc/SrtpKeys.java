package dev.sightline.testkit.webrtc;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys of one direction. Each method gives a new packet, and fails where one is forged. */
interface SrtpKeys {
    /** Encrypts a packet of media whose number, with how often that went round above it, is the index. */
    byte[] sealRtp(byte[] packet, long index) throws GeneralSecurityException;

    /** Decrypts one. */
    byte[] openRtp(byte[] packet, long index) throws GeneralSecurityException;

    /** Encrypts the control packets of a datagram; the index counts these. */
    byte[] sealRtcp(byte[] packet, int index) throws GeneralSecurityException;

    /** Decrypts them. */
    byte[] openRtcp(byte[] packet) throws GeneralSecurityException;

    /**
     * Derives a session's key (RFC 3711, section 4.3).
     *
     * @param salt the master salt; a shorter one is filled up with zeros (RFC 7714, section 11)
     */
    static byte[] derived(byte[] key, byte[] salt, int label, int length) {
        byte[] start = Arrays.copyOf(salt, 16);
        start[7] ^= (byte) label;
        try {
            return counter(Cipher.getInstance("AES/CTR/NoPadding"), key, start).doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Readies AES in counter mode. */
    static Cipher counter(Cipher cipher, byte[] key, byte[] start) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
        return cipher;
    }

    /** Mixes a number into bytes, its lowest byte at the last place named. */
    static void mix(byte[] into, int last, long number) {
        for (int at = last; number != 0; at--, number >>>= 8) {
            into[at] ^= (byte) number;
        }
    }
}
