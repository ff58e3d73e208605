package dev.sightline.worker;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts the bytes that come from the other process into messages. Holds one unfinished message at most. For one thread. */
final class MessageDecoder {
    private final ByteBuffer header = ByteBuffer.allocate(Framing.HEADER);
    private Framing.@Nullable Incoming incoming;

    /** Who gets the messages. */
    interface Receiver {
        /** Takes one, or refuses it as one that may not come now. */
        void received(Envelope envelope) throws ProtocolException;
    }

    /**
     * Takes all of these bytes and hands on each message that they complete.
     *
     * @throws ProtocolException at the first byte that cannot belong to a message, or if the receiver refuses one; there is no
     *     going on after it
     */
    void decode(ByteBuffer bytes, Receiver receiver) throws ProtocolException {
        while (bytes.hasRemaining()) {
            Framing.Incoming current = incoming;
            if (current == null) {
                readHeader(bytes);
            } else {
                Optional<Envelope> whole = current.fill(bytes);
                if (whole.isPresent()) {
                    incoming = null;
                    receiver.received(whole.get());
                }
            }
        }
    }

    private void readHeader(ByteBuffer bytes) throws ProtocolException {
        while (header.hasRemaining() && bytes.hasRemaining()) {
            header.put(bytes.get());
        }
        if (!header.hasRemaining()) {
            incoming = Framing.Incoming.of(header.flip());
            header.clear();
        }
    }
}
