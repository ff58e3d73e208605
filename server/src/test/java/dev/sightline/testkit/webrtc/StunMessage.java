package dev.sightline.testkit.webrtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** STUN (RFC 8489) as far as a controlling ICE agent speaks it: binding requests and the answers to them. */
public final class StunMessage {
    /** The answer to a binding request. */
    public static final int BINDING_SUCCESS = 0x0101;

    static final int BINDING_REQUEST = 0x0001;
    static final int ID_LENGTH = 12;

    private static final int COOKIE = 0x2112_A442;
    private static final int HEADER = 20;
    private static final int USERNAME = 0x0006;
    private static final int INTEGRITY = 0x0008;
    private static final int ERROR_CODE = 0x0009;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int PRIORITY = 0x0024;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;
    private static final int ICE_CONTROLLING = 0x802A;
    private static final int FINGERPRINT_MASK = 0x5354_554E;
    private static final int HMAC_LENGTH = 20;

    private final byte[] message;
    private final Map<Integer, byte[]> attributes = new HashMap<>();
    private int integrityAt = -1;

    private StunMessage(byte[] message) {
        this.message = message;
        ByteBuffer rest = ByteBuffer.wrap(message, HEADER, message.length - HEADER);
        while (rest.remaining() >= 4) {
            int at = rest.position();
            int type = rest.getShort() & 0xFFFF;
            byte[] value = new byte[rest.getShort() & 0xFFFF];
            rest.get(value);
            rest.position(Math.min(rest.limit(), (rest.position() + 3) & ~3));
            attributes.putIfAbsent(type, value);
            if (type == INTEGRITY) {
                integrityAt = at;
            }
        }
    }

    /** Reads a message; throws what a reader of buffers throws where it is none. */
    public static StunMessage parse(byte[] message) {
        return new StunMessage(message);
    }

    /**
     * A binding request that nominates the pair of addresses it travels over.
     *
     * @param id twelve bytes that the answer repeats
     * @param username the server's fragment, a colon, ours
     * @param password the server's
     * @param tieBreaker the controlling agent's random number
     */
    public static byte[] request(byte[] id, String username, String password, long tieBreaker) {
        ByteBuffer out = begun(BINDING_REQUEST, id);
        attribute(out, USERNAME, username.getBytes(StandardCharsets.UTF_8));
        attribute(out, PRIORITY, ByteBuffer.allocate(4).putInt(0x6E7F_1EFF).array());
        attribute(
                out, ICE_CONTROLLING, ByteBuffer.allocate(8).putLong(tieBreaker).array());
        attribute(out, USE_CANDIDATE, new byte[0]);
        return sealed(out, password);
    }

    /** The answer to a request that came from an IPv4 or IPv6 address; sealed with our own password. */
    static byte[] success(byte[] id, InetSocketAddress seen, String password) {
        byte[] address = seen.getAddress().getAddress();
        ByteBuffer value = ByteBuffer.allocate(4 + address.length)
                .putShort((short) (address.length == 4 ? 1 : 2))
                .putShort((short) (seen.getPort() ^ COOKIE >>> 16));
        ByteBuffer out = begun(BINDING_SUCCESS, id);
        for (int i = 0; i < address.length; i++) {
            value.put((byte) (address[i] ^ out.get(4 + i)));
        }
        attribute(out, XOR_MAPPED_ADDRESS, value.array());
        return sealed(out, password);
    }

    /** Class and method. */
    public int type() {
        return ByteBuffer.wrap(message).getShort(0) & 0xFFFF;
    }

    /** The twelve bytes that name the request. */
    public byte[] id() {
        return Arrays.copyOfRange(message, 8, HEADER);
    }

    /** Whether it was made by somebody who knows the password. */
    public boolean isSealedWith(String password) {
        byte[] sealed = Arrays.copyOf(message, Math.max(integrityAt, 0));
        byte[] seal = attributes.get(INTEGRITY);
        if (integrityAt < 0 || seal == null) {
            return false;
        }
        ByteBuffer.wrap(sealed).putShort(2, (short) (integrityAt - HEADER + 4 + HMAC_LENGTH));
        return MessageDigest.isEqual(seal, hmac(sealed, sealed.length, password));
    }

    /** The error's number, for example 401, in an error's answer. */
    public Optional<Integer> errorCode() {
        return Optional.ofNullable(attributes.get(ERROR_CODE)).map(value -> value[2] * 100 + value[3]);
    }

    /** Where the server saw the request come from. */
    public Optional<InetSocketAddress> mappedAddress() {
        return Optional.ofNullable(attributes.get(XOR_MAPPED_ADDRESS)).map(this::unmasked);
    }

    private InetSocketAddress unmasked(byte[] value) {
        int port = ((value[2] & 0xFF) << 8 | value[3] & 0xFF) ^ COOKIE >>> 16;
        byte[] address = Arrays.copyOfRange(value, 4, value.length);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= message[4 + i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ByteBuffer begun(int type, byte[] id) {
        return ByteBuffer.allocate(256)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(COOKIE)
                .put(id);
    }

    private static byte[] sealed(ByteBuffer out, String password) {
        int before = out.position();
        out.putShort(2, (short) (before - HEADER + 4 + HMAC_LENGTH));
        attribute(out, INTEGRITY, hmac(out.array(), before, password));
        out.putShort(2, (short) (out.position() - HEADER + 8));
        CRC32 crc = new CRC32();
        crc.update(out.array(), 0, out.position());
        byte[] print = ByteBuffer.allocate(4)
                .putInt((int) crc.getValue() ^ FINGERPRINT_MASK)
                .array();
        attribute(out, FINGERPRINT, print);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void attribute(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
    }

    private static byte[] hmac(byte[] bytes, int length, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
