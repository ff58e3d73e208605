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
    /** More than anybody has reason to send, 16 MB in pieces of 1 KiB: each costs its time, however short it is. */
    static final int MAX_FRAGMENTS = 20_000;

    private final int maxBytes;
    private ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);
    private int count;
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
        count++;
        if (count > MAX_FRAGMENTS) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message has at most " + MAX_FRAGMENTS + " fragments");
        }
        fragments.writeBytes(ByteBufUtil.getBytes(part));
        if (!frame.isFinalFragment()) {
            return Optional.empty();
        }
        Message message = new Message(text, fragments.toByteArray());
        // Not kept for the next: it may be large, and there are many connections.
        fragments = new ByteArrayOutputStream(0);
        count = 0;
        return Optional.of(message);
    }

    /** One whole message. */
    record Message(boolean isText, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
