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

/** Puts the fragments of a message together (RFC 6455 section 5.4), up to a limit. */
final class MessageAssembly {
    /** More than anybody has reason to send, 16 MB in pieces of 1 KiB: each costs its time, however short it is. */
    static final int MAX_FRAGMENTS = 20_000;

    private final ArrivedBytes fragments;
    private int maxBytes;
    private int count;
    private boolean text;

    /**
     * Without a fragment.
     *
     * @param input counts the fragments of a message that is not complete
     */
    MessageAssembly(int maxBytes, InputBudget.Account input) {
        this.maxBytes = maxBytes;
        this.fragments = new ArrivedBytes(input);
    }

    /** The longest message from now on, in bytes. */
    void limit(int bytes) {
        maxBytes = bytes;
    }

    /** Whether there are fragments of a message whose end has not come. */
    boolean isUnfinished() {
        return count > 0;
    }

    /** Lets go of a message that is not complete. */
    void drop() {
        fragments.take();
        count = 0;
    }

    /**
     * Takes in a data frame, whose order and UTF-8 were checked before.
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

    /** One whole message. */
    record Message(boolean isText, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
