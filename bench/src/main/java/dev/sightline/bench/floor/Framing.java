package dev.sightline.bench.floor;

import dev.sightline.http.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How pictures stand on the wire: the same bytes that Sightline sends. */
enum Framing {
    /** One binary message a picture. */
    WEBSOCKET {
        @Override
        String response(String request) {
            String key = request.replaceAll("(?is).*\r\nsec-websocket-key: *(\\S+)\r\n.*", "$1");
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
        }

        @Override
        ByteBuf wire(ByteBufAllocator allocator, ByteBuffer jpeg) {
            return WebSocketFrames.binary(allocator, jpeg);
        }
    },
    /** One part a picture, followed by the next part's boundary and headers. */
    MULTIPART {
        @Override
        String response(String request) {
            return "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"
                    + NEXT_PART.substring(2);
        }

        @Override
        ByteBuf wire(ByteBufAllocator allocator, ByteBuffer jpeg) {
            ByteBuf wire = allocator.directBuffer(jpeg.remaining() + NEXT_PART.length());
            wire.writeBytes(jpeg);
            wire.writeCharSequence(NEXT_PART, StandardCharsets.US_ASCII);
            return wire;
        }
    };

    private static final String NEXT_PART = "\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n";

    /** The answer to a request, given once. */
    abstract String response(String request);

    /** One picture, for everybody. */
    abstract ByteBuf wire(ByteBufAllocator allocator, ByteBuffer jpeg);

    private static String accept(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
