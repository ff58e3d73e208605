package dev.sightline.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How messages stand in the stream of bytes: a header of 12 bytes (mark, internal or not, length of the kind, 0; length of the
 * JSON; length of the body; big-endian), then the three.
 */
final class Framing {
    static final int HEADER = 12;
    private static final byte MARK = 'S';

    private Framing() {}

    /** The start of a message: its header and kind. */
    static byte[] head(Envelope envelope) {
        Message message = envelope.message();
        byte[] kind = message.kind().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER + kind.length)
                .put(MARK)
                .put((byte) (envelope.internal() ? 1 : 0))
                .put((byte) kind.length)
                .put((byte) 0)
                .putInt(message.json().length)
                .putInt(message.body().length)
                .put(kind)
                .array();
    }

    /** A message that is on its way: its parts are there, to be filled. */
    static final class Incoming {
        private final boolean internal;
        private final byte[] kind;
        private final byte[] json;
        private final byte[] body;
        private int filled;

        private Incoming(boolean internal, byte[] kind, byte[] json, byte[] body) {
            this.internal = internal;
            this.kind = kind;
            this.json = json;
            this.body = body;
        }

        /**
         * Judges a header before anything is allocated for it.
         *
         * @throws ProtocolException if it is none, or announces too much
         */
        static Incoming of(ByteBuffer header) throws ProtocolException {
            byte mark = header.get();
            byte internal = header.get();
            int kind = header.get();
            byte zero = header.get();
            int json = header.getInt();
            int body = header.getInt();
            if (mark != MARK || internal < 0 || internal > 1 || zero != 0) {
                throw new ProtocolException("it sent what is no message");
            }
            if (kind < 1
                    || kind > Message.MOST_KIND
                    || json < 0
                    || json > Message.MOST_JSON
                    || body < 0
                    || body > Message.MOST_BODY) {
                throw new ProtocolException("it announced a message that is too long");
            }
            return new Incoming(internal == 1, new byte[kind], new byte[json], new byte[body]);
        }

        /** Takes what there is of it; the message once it is whole. */
        Optional<Envelope> fill(ByteBuffer bytes) throws ProtocolException {
            take(bytes, kind, 0);
            take(bytes, json, kind.length);
            take(bytes, body, kind.length + json.length);
            return filled == kind.length + json.length + body.length ? Optional.of(whole()) : Optional.empty();
        }

        private void take(ByteBuffer bytes, byte[] part, int before) {
            int at = filled - before;
            int count = Math.min(part.length - at, bytes.remaining());
            if (at >= 0 && count > 0) {
                bytes.get(part, at, count);
                filled += count;
            }
        }

        private Envelope whole() throws ProtocolException {
            try {
                return new Envelope(internal, new Message(new String(kind, StandardCharsets.US_ASCII), json, body));
            } catch (IllegalArgumentException e) {
                throw new ProtocolException("it sent what is no message");
            }
        }
    }
}
