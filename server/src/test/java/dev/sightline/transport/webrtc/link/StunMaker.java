package dev.sightline.transport.webrtc.link;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Makes ICE checks as a peer sends them, good and bad ones. */
final class StunMaker {
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

    static StunMaker request(String username, String password) {
        return new StunMaker(username, password);
    }

    StunMaker nominating() {
        nominating = true;
        return this;
    }

    StunMaker controlled() {
        role = Stun.ICE_CONTROLLED;
        return this;
    }

    StunMaker withoutFingerprint() {
        fingerprint = false;
        return this;
    }

    byte[] bytes() {
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
