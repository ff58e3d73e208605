package dev.sightline.transport.websocket;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketFrames;
import dev.sightline.stream.PictureJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;

/** What a binary message holds. */
enum MessageForm {
    /** The picture alone, for viewers that agreed on no subprotocol. */
    BARE {
        @Override
        ByteBuf message(EncodedFrame frame) {
            return WebSocketFrames.binary(PooledByteBufAllocator.DEFAULT, frame.data());
        }
    },
    /** Four bytes with the header's length, big-endian; the header, JSON in UTF-8; the picture. */
    SIGHTLINE_V1 {
        @Override
        ByteBuf message(EncodedFrame frame) {
            byte[] header = PictureJson.header(frame);
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).putInt(0, header.length);
            return WebSocketFrames.binary(
                    PooledByteBufAllocator.DEFAULT, length, ByteBuffer.wrap(header), frame.data());
        }
    };

    /** The subprotocol of {@link #SIGHTLINE_V1}. */
    static final String SUBPROTOCOL = "sightline.v1";

    /** Says something in text, to those who agreed on the subprotocol: a page that expects bare pictures would choke on it. */
    void say(WebSocket socket, String text) {
        if (this == SIGHTLINE_V1) {
            socket.text(text);
        }
    }

    /** The form that a WebSocket agreed on. */
    static MessageForm of(WebSocket socket) {
        return socket.subprotocol().isPresent() ? SIGHTLINE_V1 : BARE;
    }

    /** One ready frame for all who watch in this form, owned by the caller. */
    abstract ByteBuf message(EncodedFrame frame);
}
