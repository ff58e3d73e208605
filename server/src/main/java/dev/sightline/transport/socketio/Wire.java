package dev.sightline.transport.socketio;

import dev.sightline.http.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outgoing Engine.IO packet of text with the binary ones that belong to it, in the forms of both transports; each form
 * is made at most once, whoever it is sent to. Immutable; safe for use by any thread.
 */
final class Wire {
    static final byte SEPARATOR = 0x1e;

    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private final byte[] text;
    private final List<ByteBuffer> attachments;
    private final int size;
    private volatile byte @Nullable [] frames;
    private volatile byte @Nullable [] payload;

    private Wire(byte[] text, List<ByteBuffer> attachments) {
        this.text = text;
        this.attachments = attachments;
        this.size = text.length
                + attachments.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    /** A packet of a type and its text. */
    static Wire of(EnginePacket type, String data) {
        return new Wire((type.digit() + data).getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** A message, and the binary ones that follow it. */
    static Wire message(String text, List<ByteBuffer> attachments) {
        return new Wire(
                (EnginePacket.MESSAGE.digit() + text).getBytes(StandardCharsets.UTF_8), List.copyOf(attachments));
    }

    /** Bytes of text and attachments. */
    int size() {
        return size;
    }

    /** Ready WebSocket frames on the heap: a view of what all share, to be given away. */
    ByteBuf frames() {
        byte[] made = frames;
        if (made == null) {
            made = ByteBufUtil.getBytes(frames(HEAP));
            frames = made;
        }
        return Unpooled.wrappedBuffer(made);
    }

    /** Ready WebSocket frames in a new pooled buffer that the caller owns. */
    ByteBuf pooledFrames() {
        return frames(PooledByteBufAllocator.DEFAULT);
    }

    /** The packets as they stand in a long-polling payload; not to be changed. */
    byte[] payload() {
        byte[] made = payload;
        if (made == null) {
            made = attachments.isEmpty() ? text : withAttachments();
            payload = made;
        }
        return made;
    }

    private ByteBuf frames(ByteBufAllocator allocator) {
        return WebSocketFrames.textThenBinary(allocator, ByteBuffer.wrap(text), attachments);
    }

    private byte[] withAttachments() {
        List<ByteBuffer> encoded = attachments.stream()
                .map(each -> Base64.getEncoder().encode(each.duplicate()))
                .toList();
        int length = text.length;
        for (ByteBuffer each : encoded) {
            length += each.remaining() + 2;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).put(text);
        for (ByteBuffer each : encoded) {
            bytes.put(SEPARATOR).put((byte) 'b').put(each);
        }
        return bytes.array();
    }
}
