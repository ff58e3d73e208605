package dev.sightline.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages over one connected socket, in both directions: a thread reads, another writes. The first failure of either, or
 * {@link #close}, ends both, and is told once. Both sides of a link use it.
 */
final class MessageChannel {
    private static final Logger LOG = LoggerFactory.getLogger(MessageChannel.class);
    private static final int BUFFER = 256 << 10;

    private final SocketChannel socket;
    private final Listener listener;
    private final Outbox outbox = new Outbox();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean delivering;

    /** Who gets what comes. Called by the reading thread, {@link #ended} by any. */
    interface Listener extends MessageDecoder.Receiver {
        /** Told once. {@code rubbish}: the other process broke the protocol. */
        void ended(String reason, boolean rubbish);
    }

    MessageChannel(SocketChannel socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
    }

    /** Begins to write in a thread of its own; the caller goes on with {@link #read}. */
    void startWriting(String name) {
        Threads.start(name, this::write);
    }

    Outbox.Offer send(Envelope envelope) {
        Outbox.Offer offer = outbox.offer(envelope);
        if (offer == Outbox.Offer.OVERFULL) {
            end("it does not read what is sent to it", true);
        }
        return offer;
    }

    /** Reads until the end of the link. */
    void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        MessageDecoder decoder = new MessageDecoder();
        try {
            while (socket.read(buffer) >= 0) {
                decode(decoder, buffer.flip());
                buffer.clear();
            }
            end("it closed the connection", false);
        } catch (IOException e) {
            end("the connection broke", false);
        } catch (ProtocolException e) {
            end(String.valueOf(e.getMessage()), true);
        } catch (RuntimeException e) {
            LOG.warn("what a worker sent could not be used: {}", e.toString(), e);
            end("what it sent could not be used", true);
        }
    }

    private void decode(MessageDecoder decoder, ByteBuffer bytes) throws ProtocolException {
        delivering = true;
        try {
            decoder.decode(bytes, listener);
        } finally {
            delivering = false;
        }
    }

    /** Whether the reading thread is busy with what came: then an answer may lie unread. */
    boolean delivering() {
        return delivering;
    }

    private void write() {
        try {
            new MessageWriter(outbox, socket).run();
        } catch (IOException e) {
            end("the connection broke", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends both directions; the listener is told. */
    void close() {
        end("it was closed", false);
    }

    private void end(String reason, boolean rubbish) {
        if (ended.compareAndSet(false, true)) {
            outbox.close();
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing a worker's socket", e);
            }
            listener.ended(reason, rubbish);
        }
    }
}
