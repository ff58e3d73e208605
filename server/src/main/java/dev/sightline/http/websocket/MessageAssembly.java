package dev.sightline.http.websocket;

import dev.sightline.http.connection.ArrivedBytes;
import dev.sightline.http.limits.InputBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Assembles the fragments of a message (RFC 6455 section 5.4), up to a limit. */
final class MessageAssembly {
    /** More than any client needs, 16 MB in pieces of 1 KiB: each costs time, however short it is. */
    static final int MAX_FRAGMENTS = 20_000;

    private final ArrivedBytes fragments;
    private int maxBytes;
    private int count;
    private boolean text;

    /**
     * Creates one without fragments.
     *
     * @param input counts the fragments of an incomplete message
     */
    MessageAssembly(int maxBytes, InputBudget.Account input) {
        this.maxBytes = maxBytes;
        this.fragments = new ArrivedBytes(input);
    }

    /** Sets the longest message from now on, in bytes. */
    void limit(int bytes) {
        maxBytes = bytes;
    }

    /** Whether there are fragments of an incomplete message. */
    boolean isUnfinished() {
        return count > 0;
    }

    /** Discards an incomplete message. */
    void drop() {
        fragments.take();
        count = 0;
    }

    /**
     * Adds a data frame, whose order and UTF-8 were checked before.
     *
     * @return the message, if this frame was its last
     * @throws CorruptedWebSocketFrameException 1009, if the message is too long
     */
    Optional<Message> add(WebSocketFrame frame) {
        ByteBuf part = frame.content();
        if ((long) fragments.size() + part.readableBytes() > maxBytes) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message has at most " + maxBytes + " bytes");
        }
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            text = frame instanceof TextWebSocketFrame;
            if (frame.isFinalFragment()) {
                return Optional.of(new Message(text, ByteBufUtil.getBytes(part)));
            }
        }
        count++;
        if (count > MAX_FRAGMENTS) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message has at most " + MAX_FRAGMENTS + " fragments");
        }
        fragments.add(ByteBufUtil.getBytes(part));
        if (!frame.isFinalFragment()) {
            return Optional.empty();
        }
        Message message = new Message(text, fragments.take());
        count = 0;
        return Optional.of(message);
    }

    /** One complete message. */
    record Message(boolean isText, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
