package dev.sightline.transport.webrtc.ice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An ICE password, with which messages are signed (RFC 8489 section 14.5). Not thread-safe. */
final class StunKey {
    private final Mac mac;

    StunKey(String password) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA1", e);
        }
    }

    /** Whether a message with its MESSAGE-INTEGRITY at this index was signed with this password. */
    boolean signed(byte[] message, int integrityAt) {
        int value = integrityAt + Stun.ATTRIBUTE_HEAD_BYTES;
        byte[] found = Arrays.copyOfRange(message, value, value + Stun.INTEGRITY_BYTES);
        return MessageDigest.isEqual(found, signature(message, integrityAt));
    }

    /** The signature of a message up to this index, with the length field as if the signature were its end. */
    byte[] signature(byte[] message, int integrityAt) {
        int length = integrityAt + Stun.ATTRIBUTE_HEAD_BYTES + Stun.INTEGRITY_BYTES - Stun.HEADER_BYTES;
        mac.update(message, 0, 2);
        mac.update((byte) (length >> 8));
        mac.update((byte) length);
        mac.update(message, Stun.COOKIE_AT, integrityAt - Stun.COOKIE_AT);
        return mac.doFinal();
    }
}
