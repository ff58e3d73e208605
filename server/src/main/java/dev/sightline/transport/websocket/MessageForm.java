package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureException;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketFrames;
import dev.sightline.stream.FrameIdException;
import dev.sightline.stream.PictureJson;
import dev.sightline.stream.SenderFrameId;
import dev.sightline.stream.SentPicture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The form of a binary message. */
enum MessageForm {
    /** Only the frame, for viewers without a subprotocol. */
    BARE {
        @Override
        ByteBuf message(EncodedFrame frame) {
            return WebSocketFrames.binary(PooledByteBufAllocator.DEFAULT, frame.data());
        }

        @Override
        SentPicture picture(byte[] message) {
            return new SentPicture(message, Optional.empty());
        }
    },
    /** Four bytes with the header's length, big-endian; the header, JSON in UTF-8; the frame. */
    SIGHTLINE_V1 {
        @Override
        ByteBuf message(EncodedFrame frame) {
            byte[] header = PictureJson.header(frame);
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).putInt(0, header.length);
            return WebSocketFrames.binary(
                    PooledByteBufAllocator.DEFAULT, length, ByteBuffer.wrap(header), frame.data());
        }

        @Override
        SentPicture picture(byte[] message) throws PictureException, FrameIdException {
            int length = message.length < Integer.BYTES
                    ? -1
                    : ByteBuffer.wrap(message).getInt();
            if (length < 0 || length > MAX_HEADER_BYTES || length > message.length - Integer.BYTES) {
                throw new PictureException("a message begins with four bytes that say how long its header is, at most "
                        + MAX_HEADER_BYTES + " bytes; then come the header in JSON and the picture");
            }
            int start = Integer.BYTES + length;
            Optional<SenderFrameId> from = SenderFrameId.read(Arrays.copyOfRange(message, Integer.BYTES, start));
            return new SentPicture(Arrays.copyOfRange(message, start, message.length), from);
        }
    };

    /** The subprotocol of {@link #SIGHTLINE_V1}. */
    static final String SUBPROTOCOL = "sightline.v1";

    private static final int MAX_HEADER_BYTES = 4 * 1024;

    /** Sends text, but only with the subprotocol: a page that expects bare frames would fail on it. */
    void say(WebSocket socket, Supplier<String> text) {
        if (this == SIGHTLINE_V1) {
            socket.text(text.get());
        }
    }

    /** The form that a WebSocket negotiated. */
    static MessageForm of(WebSocket socket) {
        return socket.subprotocol().isPresent() ? SIGHTLINE_V1 : BARE;
    }

    /** One ready frame for all viewers of this form, owned by the caller. */
    abstract ByteBuf message(EncodedFrame frame);

    /**
     * The picture that a sender's binary message holds.
     *
     * @throws PictureException if it is not of this form
     * @throws FrameIdException if its header is not
     */
    abstract SentPicture picture(byte[] message) throws PictureException, FrameIdException;
}
