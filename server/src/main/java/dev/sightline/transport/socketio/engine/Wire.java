package dev.sightline.transport.socketio.engine;

import dev.sightline.http.websocket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outgoing Engine.IO text packet with its binary ones, in the forms of both transports; each form is made at most once for
 * all receivers. Immutable; safe for use by any thread.
 */
public final class Wire {
    /** A packet without meaning. */
    public static final Wire NOOP = of(EnginePacket.NOOP, "");

    static final Wire PING = of(EnginePacket.PING, "");
    static final Wire CLOSE = of(EnginePacket.CLOSE, "");

    static final byte SEPARATOR = 0x1e;

    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private static final byte[] NO_TEXT = new byte[0];

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

    /** A packet with a type and text. */
    static Wire of(EnginePacket type, String data) {
        return new Wire((type.digit() + data).getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** A message with its binary attachments. */
    public static Wire message(String text, List<ByteBuffer> attachments) {
        return new Wire(
                (EnginePacket.MESSAGE.digit() + text).getBytes(StandardCharsets.UTF_8), List.copyOf(attachments));
    }

    /** A single binary message. */
    static Wire binary(ByteBuffer message) {
        return new Wire(NO_TEXT, List.of(message));
    }

    /** The bytes of text and attachments. */
    int size() {
        return size;
    }

    /** Ready WebSocket frames on the heap: a view of shared data, which the caller owns. */
    ByteBuf frames() {
        byte[] made = frames;
        if (made == null) {
            ByteBuf buffer = frames(HEAP);
            made = ByteBufUtil.getBytes(buffer);
            buffer.release();
            frames = made;
        }
        return Unpooled.wrappedBuffer(made);
    }

    /** Ready WebSocket frames in a new pooled buffer that the caller owns. */
    public ByteBuf pooledFrames() {
        return frames(PooledByteBufAllocator.DEFAULT);
    }

    /** The packets in the form of a long-polling payload; not to be changed. */
    public byte[] payload() {
        byte[] made = payload;
        if (made == null) {
            made = attachments.isEmpty() ? text : withAttachments();
            payload = made;
        }
        return made;
    }

    private ByteBuf frames(ByteBufAllocator allocator) {
        return text == NO_TEXT
                ? WebSocketFrames.binary(allocator, attachments.get(0).duplicate())
                : WebSocketFrames.textThenBinary(allocator, ByteBuffer.wrap(text), attachments);
    }

    private byte[] withAttachments() {
        List<byte[]> packets = new ArrayList<>();
        if (text != NO_TEXT) {
            packets.add(text);
        }
        for (ByteBuffer each : attachments) {
            ByteBuffer base64 = Base64.getEncoder().encode(each.duplicate());
            packets.add(ByteBuffer.allocate(base64.remaining() + 1)
                    .put((byte) 'b')
                    .put(base64)
                    .array());
        }
        return Payload.join(packets);
    }
}
