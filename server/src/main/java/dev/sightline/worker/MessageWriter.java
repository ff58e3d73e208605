package dev.sightline.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** Writes what waits in an {@link Outbox}, many small messages at once: one copy and one system call per 64 KiB. */
final class MessageWriter {
    private static final int BUFFER = 64 << 10;

    private final Outbox outbox;
    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    MessageWriter(Outbox outbox, WritableByteChannel channel) {
        this.outbox = outbox;
        this.channel = channel;
    }

    /** Writes until the outbox is closed. */
    void run() throws IOException, InterruptedException {
        while (outbox.await()) {
            for (Optional<Envelope> next = outbox.poll(); next.isPresent(); next = outbox.poll()) {
                Message message = next.get().message();
                put(Framing.head(next.get()));
                put(message.json());
                put(message.body());
            }
            flush();
        }
    }

    private void put(byte[] part) throws IOException {
        for (int at = 0; at < part.length; ) {
            int count = Math.min(part.length - at, buffer.remaining());
            buffer.put(part, at, count);
            at += count;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
