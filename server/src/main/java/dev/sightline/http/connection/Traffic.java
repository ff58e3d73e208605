package dev.sightline.http.connection;

import dev.sightline.http.limits.TokenBucket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How much one connection may send, in one turn of its event loop and in the long run. Counted in sixteenths of a message, so
 * that even tiny pieces cost something. Bytes cost nothing here: the network bounds them.
 */
public enum Traffic {
    /** 200 requests per second, 400 at once; or 3,200 tiny chunks of bodies per second. */
    HTTP(200, 400) {
        @Override
        int price(Object message) {
            if (message instanceof HttpRequest) {
                return MESSAGE;
            }
            boolean piece = message instanceof HttpContent && !(message instanceof LastHttpContent);
            return piece && isTiny(((HttpContent) message).content()) ? 1 : 0;
        }
    },
    /** 500 texts, pings and the like per second, 2,000 at once; four times that for binary messages, which may be frames. */
    WEB_SOCKET(500, 2_000) {
        @Override
        int price(Object message) {
            if (!(message instanceof WebSocketFrame frame)) {
                return 0;
            }
            boolean binary = frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame;
            if (!binary) {
                return MESSAGE;
            }
            return frame.isFinalFragment() ? MESSAGE / 4 : isTiny(frame.content()) ? 1 : 0;
        }

        @Override
        int work(Object message) {
            int text = message instanceof TextWebSocketFrame frame
                    ? frame.content().readableBytes()
                    : 0;
            return price(message) + text / PARSED_BYTES;
        }
    };

    /** The price of a message. */
    static final int MESSAGE = 16;
    /** The most work in one turn, 16 messages; a single message above that gets its own turn. */
    static final int A_TURN = 16 * MESSAGE;

    private static final int TINY_BYTES = 512;
    /** For the objects around a message, and for one header field. */
    private static final int MESSAGE_MEMORY = 256;

    private static final int FIELD_MEMORY = 200;
    /** Parsed text per sixteenth of a message: 64 KiB of it are one turn's work, some milliseconds. */
    private static final int PARSED_BYTES = 256;

    private final int messagesPerSecond;
    private final int messagesAtOnce;
    private final LongAdder delays = new LongAdder();

    Traffic(int messagesPerSecond, int messagesAtOnce) {
        this.messagesPerSecond = messagesPerSecond;
        this.messagesAtOnce = messagesAtOnce;
    }

    /** The price of a message in the long run. */
    abstract int price(Object message);

    /** The price of a message in its turn. */
    int work(Object message) {
        return price(message);
    }

    /** The approximate memory in bytes of a waiting message; constant for each message. */
    public long memory(Object message) {
        if (message instanceof HttpRequest head) {
            return MESSAGE_MEMORY + (long) FIELD_MEMORY * head.headers().size();
        }
        if (message instanceof ByteBufHolder holder) {
            return (long) MESSAGE_MEMORY + holder.content().capacity();
        }
        return MESSAGE_MEMORY;
    }

    /** The rate of a new connection. */
    TokenBucket rate(LongSupplier nanoTime) {
        return new TokenBucket((long) messagesPerSecond * MESSAGE, (long) messagesAtOnce * MESSAGE, nanoTime);
    }

    /** A connection had to wait for its rate. */
    void delayed() {
        delays.increment();
    }

    /** How often connections had to wait. */
    public long delays() {
        return delays.sum();
    }

    private static boolean isTiny(ByteBuf piece) {
        return piece.readableBytes() < TINY_BYTES;
    }
}
