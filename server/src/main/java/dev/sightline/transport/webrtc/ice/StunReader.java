package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/** Reads the attributes of one binding request, or of the answer to one. */
final class StunReader {
    private static final int MAX_USERNAME_BYTES = 513;

    private final byte[] packet;
    private final int length;
    private String username = "";
    private boolean useCandidate;
    private boolean controlled;
    private int integrityAt = -1;

    StunReader(byte[] packet, int length) {
        this.packet = packet;
        this.length = length;
    }

    /** Reads a request. */
    Optional<StunRequest> request() {
        boolean wellFormed = readAll();
        int colon = username.indexOf(':');
        if (!wellFormed || colon < 1 || integrityAt < 0) {
            return Optional.empty();
        }
        long transaction = BigEndian.int64(packet, Stun.TRANSACTION_AT);
        return Optional.of(
                new StunRequest(username.substring(0, colon), transaction, useCandidate, controlled, integrityAt));
    }

    /** Reads any message; returns where its MESSAGE-INTEGRITY is, if it has one. */
    OptionalInt integrityAt() {
        return readAll() && integrityAt >= 0 ? OptionalInt.of(integrityAt) : OptionalInt.empty();
    }

    private boolean readAll() {
        int at = Stun.HEADER_BYTES;
        while (at < length) {
            int size = BigEndian.u16(packet, at + 2);
            int next = at + Stun.ATTRIBUTE_HEAD_BYTES + Stun.padded(size);
            if (next > length || !attribute(BigEndian.u16(packet, at), at, size)) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /** Reads one attribute; false if the message must be discarded because of it. */
    private boolean attribute(int type, int at, int size) {
        if (type == Stun.FINGERPRINT) {
            return isFingerprint(at, size);
        }
        if (integrityAt >= 0) {
            // Attributes after the integrity are not covered by it, and must be ignored (RFC 8489 section 14.5).
            return true;
        }
        switch (type) {
            case Stun.MESSAGE_INTEGRITY -> integrityAt = size == Stun.INTEGRITY_BYTES ? at : -1;
            case Stun.USERNAME -> username = text(at, size);
            case Stun.USE_CANDIDATE -> useCandidate = true;
            case Stun.ICE_CONTROLLED -> controlled = true;
            default -> {
                // A side that only answers needs no other attribute.
            }
        }
        return true;
    }

    private String text(int at, int size) {
        int bytes = Math.min(size, MAX_USERNAME_BYTES);
        return new String(packet, at + Stun.ATTRIBUTE_HEAD_BYTES, bytes, StandardCharsets.ISO_8859_1);
    }

    private boolean isFingerprint(int at, int size) {
        int value = at + Stun.ATTRIBUTE_HEAD_BYTES;
        if (size != Stun.FINGERPRINT_BYTES || value + size != length) {
            return false;
        }
        CRC32 sum = new CRC32();
        sum.update(packet, 0, at);
        return BigEndian.int32(packet, value) == ((int) sum.getValue() ^ Stun.FINGERPRINT_MASK);
    }
}
