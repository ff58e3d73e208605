package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A message of ours: the answer to an ICE check, signed like the check, or a check of our own. */
final class StunMessage {
    /** A user name has at most 513 bytes. */
    private static final int MAX_BYTES = 640;

    /** The priority of a peer-reflexive candidate (RFC 8445 section 5.1.2.1), which a controlled side does not use. */
    private static final int PRIORITY = 110 << 24 | 0xffff << 8 | 255;

    private static final int TIE_BREAKER_BYTES = 8;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int IPV4_BYTES = 4;
    private static final int ROLE_CONFLICT = 487;
    private static final byte[] ROLE_CONFLICT_WORDS = "Role Conflict".getBytes(StandardCharsets.US_ASCII);

    private final byte[] message = new byte[MAX_BYTES];
    private int end = Stun.HEADER_BYTES;

    private StunMessage(int type, byte[] transactionOf, int transactionAt) {
        BigEndian.put16(message, 0, type);
        BigEndian.put32(message, Stun.COOKIE_AT, Stun.COOKIE);
        System.arraycopy(transactionOf, transactionAt, message, Stun.TRANSACTION_AT, Stun.TRANSACTION_BYTES);
    }

    /** A check whether the peer is there. */
    static StunMessage check(byte[] transaction, String username, StunKey key) {
        StunMessage check = new StunMessage(Stun.BINDING_REQUEST, transaction, 0);
        byte[] name = username.getBytes(StandardCharsets.UTF_8);
        int value = check.attribute(Stun.USERNAME, name.length);
        System.arraycopy(name, 0, check.message, value, name.length);
        BigEndian.put32(check.message, check.attribute(Stun.PRIORITY, 4), PRIORITY);
        check.attribute(Stun.ICE_CONTROLLED, TIE_BREAKER_BYTES);
        check.sign(key);
        return check;
    }

    /** A success answer, with the address the request came from. */
    static StunMessage success(byte[] request, InetSocketAddress from, StunKey key) {
        StunMessage answer = new StunMessage(Stun.BINDING_SUCCESS, request, Stun.TRANSACTION_AT);
        answer.address(from);
        answer.sign(key);
        return answer;
    }

    /** An answer that both sides believe the other is controlling: the peer must be (RFC 8445 section 7.3.1.1). */
    static StunMessage roleConflict(byte[] request, StunKey key) {
        StunMessage answer = new StunMessage(Stun.BINDING_ERROR, request, Stun.TRANSACTION_AT);
        int value = answer.attribute(Stun.ERROR_CODE, 4 + ROLE_CONFLICT_WORDS.length);
        BigEndian.put16(answer.message, value + 2, ROLE_CONFLICT / 100 << 8 | ROLE_CONFLICT % 100);
        System.arraycopy(ROLE_CONFLICT_WORDS, 0, answer.message, value + 4, ROLE_CONFLICT_WORDS.length);
        answer.sign(key);
        return answer;
    }

    /** The array that holds the message from index 0 on. */
    byte[] bytes() {
        return message;
    }

    int length() {
        return end;
    }

    private void address(InetSocketAddress from) {
        byte[] raw = from.getAddress().getAddress();
        int value = attribute(Stun.XOR_MAPPED_ADDRESS, 4 + raw.length);
        BigEndian.put16(message, value, raw.length == IPV4_BYTES ? IPV4 : IPV6);
        BigEndian.put16(message, value + 2, from.getPort() ^ Stun.COOKIE >>> 16);
        for (int i = 0; i < raw.length; i++) {
            // The XOR key is the cookie and, for IPv6, the transaction that follows it.
            message[value + 4 + i] = (byte) (raw[i] ^ message[Stun.COOKIE_AT + i]);
        }
    }

    private void sign(StunKey key) {
        int at = end;
        int value = attribute(Stun.MESSAGE_INTEGRITY, Stun.INTEGRITY_BYTES);
        System.arraycopy(key.signature(message, at), 0, message, value, Stun.INTEGRITY_BYTES);
        int sumAt = end;
        int sum = attribute(Stun.FINGERPRINT, Stun.FINGERPRINT_BYTES);
        BigEndian.put16(message, 2, end - Stun.HEADER_BYTES);
        CRC32 crc = new CRC32();
        crc.update(message, 0, sumAt);
        BigEndian.put32(message, sum, (int) crc.getValue() ^ Stun.FINGERPRINT_MASK);
    }

    /** Begins an attribute and returns where to write its value. */
    private int attribute(int type, int size) {
        BigEndian.put16(message, end, type);
        BigEndian.put16(message, end + 2, size);
        int value = end + Stun.ATTRIBUTE_HEAD_BYTES;
        end = value + Stun.padded(size);
        return value;
    }
}
