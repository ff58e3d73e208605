package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/** Makes ICE checks as a peer sends them, good and bad ones. */
public final class StunMaker {
    /** The type of a check. */
    public static final int BINDING_REQUEST = Stun.BINDING_REQUEST;

    /** The type of its answer. */
    public static final int BINDING_SUCCESS = Stun.BINDING_SUCCESS;

    /** The type of a refusal. */
    public static final int BINDING_ERROR = Stun.BINDING_ERROR;

    private static final StunKey KEY = new StunKey("password");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String username;
    private final String password;
    private boolean nominating;
    private int role = 0x802a;
    private boolean fingerprint = true;

    private StunMaker(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /** A check with this name, signed with this password. */
    public static StunMaker request(String username, String password) {
        return new StunMaker(username, password);
    }

    /** The answer to a check, as if that had come from there. */
    public static byte[] success(byte[] check, InetSocketAddress from, String password) {
        StunMessage answer = StunMessage.success(check, from, new StunKey(password));
        return Arrays.copyOf(answer.bytes(), answer.length());
    }

    /** Whether a message is signed with this password. */
    public static boolean signed(byte[] message, String password) {
        OptionalInt integrityAt = new StunReader(message, message.length).integrityAt();
        return integrityAt.isPresent() && new StunKey(password).signed(message, integrityAt.getAsInt());
    }

    /** Reads any bytes as a check with a right beginning and, if it is well-formed, answers it. */
    public static void readAsCheck(byte[] packet) {
        int length = packet.length & ~3;
        if (length >= Stun.HEADER_BYTES) {
            BigEndian.put16(packet, 0, Stun.BINDING_REQUEST);
            BigEndian.put16(packet, 2, length - Stun.HEADER_BYTES);
            BigEndian.put32(packet, Stun.COOKIE_AT, Stun.COOKIE);
            StunRequest.parse(packet, length).ifPresent(read -> {
                KEY.signed(packet, read.integrityAt());
                StunMessage.success(packet, new InetSocketAddress("127.0.0.1", 9), KEY);
            });
        }
    }

    /** It wants media to go where it comes from. */
    public StunMaker nominating() {
        nominating = true;
        return this;
    }

    /** It believes that the other side is in control. */
    public StunMaker controlled() {
        role = Stun.ICE_CONTROLLED;
        return this;
    }

    /** It ends with its signature. */
    public StunMaker withoutFingerprint() {
        fingerprint = false;
        return this;
    }

    /** The message. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = new byte[20];
        byte[] transaction = new byte[12];
        RANDOM.nextBytes(transaction);
        BigEndian.put16(header, 0, Stun.BINDING_REQUEST);
        BigEndian.put32(header, 4, Stun.COOKIE);
        System.arraycopy(transaction, 0, header, 8, 12);
        out.writeBytes(header);
        attribute(out, Stun.USERNAME, username.getBytes(StandardCharsets.UTF_8));
        attribute(out, 0x0024, new byte[] {110, 0, 1, (byte) 255});
        attribute(out, role, new byte[8]);
        if (nominating) {
            attribute(out, Stun.USE_CANDIDATE, new byte[0]);
        }
        int integrityAt = out.size();
        attribute(out, Stun.MESSAGE_INTEGRITY, new byte[20]);
        byte[] message = out.toByteArray();
        byte[] signature = new StunKey(password).signature(message, integrityAt);
        System.arraycopy(signature, 0, message, integrityAt + 4, 20);
        return fingerprint ? marked(message) : sized(message);
    }

    private static byte[] marked(byte[] message) {
        byte[] all = Arrays.copyOf(message, message.length + 8);
        BigEndian.put16(all, message.length, Stun.FINGERPRINT);
        BigEndian.put16(all, message.length + 2, 4);
        sized(all);
        CRC32 sum = new CRC32();
        sum.update(all, 0, message.length);
        BigEndian.put32(all, message.length + 4, (int) sum.getValue() ^ Stun.FINGERPRINT_MASK);
        return all;
    }

    private static byte[] sized(byte[] message) {
        BigEndian.put16(message, 2, message.length - 20);
        return message;
    }

    private static void attribute(ByteArrayOutputStream out, int type, byte[] value) {
        byte[] head = new byte[4];
        BigEndian.put16(head, 0, type);
        BigEndian.put16(head, 2, value.length);
        out.writeBytes(head);
        out.writeBytes(value);
        out.writeBytes(new byte[Stun.padded(value.length) - value.length]);
    }
}
