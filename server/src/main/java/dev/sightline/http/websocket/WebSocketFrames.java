package dev.sightline.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes WebSocket frames for sending by a server: unmasked, so that one frame serves all viewers (RFC 6455 section 5.2). */
public final class WebSocketFrames {
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FINAL = 0x80;
    private static final int MAX_HEADER = 10;

    private WebSocketFrames() {}

    /** One binary message whose payload is the given parts, one after the other, in one buffer that the caller owns. */
    public static ByteBuf binary(ByteBufAllocator allocator, ByteBuffer... parts) {
        long length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        ByteBuf frame = allocator.directBuffer(Math.toIntExact(length + MAX_HEADER));
        writeHeader(frame, BINARY, length);
        for (ByteBuffer part : parts) {
            frame.writeBytes(part);
        }
        return frame;
    }

    /** One text message, then binary messages, each in its own frame, in one buffer that the caller owns. */
    public static ByteBuf textThenBinary(ByteBufAllocator allocator, ByteBuffer text, List<ByteBuffer> binaries) {
        long length = (long) text.remaining() + MAX_HEADER;
        for (ByteBuffer binary : binaries) {
            length += (long) binary.remaining() + MAX_HEADER;
        }
        ByteBuf frames = allocator.buffer(Math.toIntExact(length));
        writeHeader(frames, TEXT, text.remaining());
        frames.writeBytes(text.duplicate());
        for (ByteBuffer binary : binaries) {
            writeHeader(frames, BINARY, binary.remaining());
            frames.writeBytes(binary.duplicate());
        }
        return frames;
    }

    /** One frame with a payload in an array. */
    static ByteBuf frame(ByteBufAllocator allocator, int opcode, byte[] payload) {
        ByteBuf frame = allocator.directBuffer(payload.length + MAX_HEADER);
        writeHeader(frame, opcode, payload.length);
        return frame.writeBytes(payload);
    }

    private static void writeHeader(ByteBuf frame, int opcode, long length) {
        frame.writeByte(FINAL | opcode);
        if (length < 126) {
            frame.writeByte((int) length);
        } else if (length < 65_536) {
            frame.writeByte(126).writeShort((int) length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
    }
}
