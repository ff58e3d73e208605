package dev.sightline.bench.floor;

import dev.sightline.http.websocket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How pictures stand on the wire: the same bytes that Sightline sends. */
enum Framing {
    /** One binary message a picture. */
    WEBSOCKET {
        @Override
        String response(String request) {
            return WebSocketUpgrade.response(request);
        }

        @Override
        ByteBuf wire(ByteBufAllocator allocator, ByteBuffer jpeg) {
            return WebSocketFrames.binary(allocator, jpeg);
        }
    },
    /** One event with one binary argument a picture: a text message and a binary one, in one buffer. */
    SOCKETIO {
        @Override
        String response(String request) {
            // What the viewer says to it is not read; nobody is pinged.
            return WebSocketUpgrade.response(request)
                    + text("0{\"sid\":\"floor\",\"upgrades\":[],\"pingInterval\":25000}")
                    + text("40{\"sid\":\"floor\"}");
        }

        @Override
        ByteBuf wire(ByteBufAllocator allocator, ByteBuffer jpeg) {
            ByteBuf picture = WebSocketFrames.binary(allocator, jpeg);
            ByteBuf wire = allocator.directBuffer(EVENT.length() + picture.readableBytes());
            wire.writeCharSequence(EVENT, StandardCharsets.ISO_8859_1);
            wire.writeBytes(picture);
            picture.release();
            return wire;
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

    private static final String EVENT = text("451-[\"frame\",{\"_placeholder\":true,\"num\":0}]");
    private static final String NEXT_PART = "\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n";

    /** The answer to a request, given once. */
    abstract String response(String request);

    /** One picture, for everybody. */
    abstract ByteBuf wire(ByteBufAllocator allocator, ByteBuffer jpeg);

    /** A short text as a WebSocket frame; in ISO 8859-1, because its first byte is no ASCII. */
    private static String text(String text) {
        return "\u0081" + (char) text.length() + text;
    }
}
