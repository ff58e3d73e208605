package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts the fragments of a message together (RFC 6455 section 5.4), up to a limit. */
final class MessageAssembly {
    private final int maxBytes;
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);
    private boolean text;

    MessageAssembly(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes in a data frame, whose order and UTF-8 were checked before.
     *
     * @return the message, if this frame was its last
     * @throws CorruptedWebSocketFrameException 1009, if the message is too long
     */
    Optional<Message> add(WebSocketFrame frame) {
        ByteBuf part = frame.content();
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            text = frame instanceof TextWebSocketFrame;
            if (frame.isFinalFragment()) {
                return Optional.of(new Message(text, ByteBufUtil.getBytes(part)));
            }
        }
        if ((long) fragments.size() + part.readableBytes() > maxBytes) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message has at most " + maxBytes + " bytes");
        }
        fragments.writeBytes(ByteBufUtil.getBytes(part));
        if (!frame.isFinalFragment()) {
            return Optional.empty();
        }
        Message message = new Message(text, fragments.toByteArray());
        fragments.reset();
        return Optional.of(message);
    }

    /** One whole message. */
    record Message(boolean isText, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
