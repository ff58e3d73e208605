package dev.sightline.http.websocket;

import dev.sightline.http.connection.Goodbye;
import dev.sightline.http.connection.Inflow;
import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Outlet;
import dev.sightline.http.connection.Service;
import dev.sightline.http.connection.Traffic;
import dev.sightline.http.connection.Turn;
import dev.sightline.http.limits.Deadline;
import dev.sightline.http.limits.InputBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: Netty decodes input; output is framed here and passes no other handler.
 *
 * <pre>
 *   socket ──> FrameDecoder ──> Utf8FrameValidator ──> Turn ──> WebSocketConnection ──> listener
 *   socket &lt;─────────────────────────────────────────────────── WebSocketConnection &lt;── listener
 * </pre>
 *
 * <p>An incomplete message counts in the {@link InputBudget}, and has to be complete in time, whatever else the other side
 * sends meanwhile.
 *
 * <p>If the other side does not read its replies (it may send pings for ever and read nothing), reading stops, so that they do
 * not pile up. Frames are not replies; latest-frame-wins keeps them from piling up.
 */
public final class WebSocketConnection extends SimpleChannelInboundHandler<WebSocketFrame> implements WebSocket {
    private static final int MAX_UNSENT_REPLY_BYTES = 64 * 1024;
    private static final int MAX_FRAME_HEADER = 14;
    private static final int CLOSE_SECONDS = 3;

    private final Channel channel;
    private final Optional<String> subprotocol;
    private final WebSocketOptions options;
    private final Service service;
    private final Turn turn;
    private final FrameDecoder decoder;
    private final Outlet outlet;
    private final Heartbeat heartbeat;
    private final MessageAssembly assembly;
    private final Deadline deadline;
    private int maxMessageBytes;
    private String whyNoMore;

    private @Nullable WebSocketListener listener;
    private boolean closing;
    private CloseStatus closed = CloseStatus.BROKEN;

    /**
     * Creates one for a connection whose handshake is about to be answered.
     *
     * @param subprotocol the negotiated one
     * @param input counts what it holds
     * @param inflow stops and starts its reading
     */
    public WebSocketConnection(
            Channel channel,
            Optional<String> subprotocol,
            WebSocketOptions options,
            Service service,
            InputBudget.Account input,
            Inflow inflow) {
        super(WebSocketFrame.class);
        this.channel = channel;
        this.subprotocol = subprotocol;
        this.options = options;
        this.service = service;
        this.outlet = new Outlet(channel, this::pictureGone);
        this.heartbeat = new Heartbeat(channel, outlet, service.patience());
        this.turn = new Turn(Traffic.WEB_SOCKET, input, inflow);
        this.maxMessageBytes = options.maxMessageBytes();
        this.whyNoMore = options.whyNoMore();
        this.decoder = new FrameDecoder(maxMessageBytes, input, this::wasRead);
        this.assembly = new MessageAssembly(maxMessageBytes, input);
        this.deadline = Deadline.on(channel.eventLoop(), this::late);
    }

    /** Its channel handlers, which replace the others, in this order. */
    public ChannelHandler[] handlers() {
        return new ChannelHandler[] {decoder, new Utf8FrameValidator(false), turn, this};
    }

    /** Its handlers are in place, and no others: it is live now. */
    public void open(Opening taker) {
        heartbeat.start();
        try {
            listener = taker.open(this);
        } catch (Exception e) {
            failed(e);
        }
    }

    /** Receives an opened WebSocket. */
    @FunctionalInterface
    public interface Opening {
        /**
         * May send at once, or close.
         *
         * @return the receiver of its messages
         * @throws Exception on any failure: the WebSocket is closed with 1011
         */
        WebSocketListener open(WebSocket socket) throws Exception;
    }

    @Override
    public EventExecutor executor() {
        return channel.eventLoop();
    }

    @Override
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    @Override
    public void text(String message) {
        reply(WebSocketFrames.TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void binary(byte[] message) {
        reply(WebSocketFrames.BINARY, message);
    }

    @Override
    public void send(ByteBuf frame) {
        if (closing) {
            frame.release();
        } else {
            outlet.picture(frame);
        }
    }

    @Override
    public void limit(int bytes, String why) {
        maxMessageBytes = Math.min(bytes, options.maxMessageBytes());
        whyNoMore = why.isEmpty() ? options.whyNoMore() : why;
        assembly.limit(maxMessageBytes);
    }

    @Override
    public void close(int code, String reason) {
        if (!closing) {
            closed = new CloseStatus(code, reason);
            Outcomes.closed(code);
            sendClose(closed);
            channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        outlet.sendFrom(ctx.pipeline().context(decoder));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        heartbeat.heard();
        if (frame instanceof CloseWebSocketFrame close) {
            closedByOther(close);
        } else if (frame instanceof PingWebSocketFrame ping) {
            reply(WebSocketFrames.PONG, ByteBufUtil.getBytes(ping.content()));
        } else if (!(frame instanceof PongWebSocketFrame) && !closing) {
            assembly.add(frame).ifPresent(this::received);
        }
        if (!assembly.isUnfinished()) {
            deadline.stop(); // what is left belongs to the next message
        }
    }

    /** Complete frames were handed on; checks an incomplete one. */
    private void wasRead() {
        int unfinished = decoder.unfinishedBytes();
        if (unfinished > maxMessageBytes + MAX_FRAME_HEADER && !closing) {
            refuse(new CloseStatus(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), whyTooLong()));
        }
        deadline.unfinished(!closing && (unfinished > 0 || assembly.isUnfinished()), service.requestTimeout());
    }

    private void late() {
        if (!closing) {
            refuse(new CloseStatus(
                    CloseStatus.REFUSED,
                    "a message has to be complete within "
                            + service.requestTimeout().toMillis() / 1_000.0 + " s"));
        }
    }

    private void received(MessageAssembly.Message message) {
        WebSocketListener receiver = listener;
        if (receiver == null) {
            return; // sent before the handshake was answered
        }
        try {
            if (message.isText()) {
                receiver.onText(message.text());
            } else {
                receiver.onBinary(message.bytes());
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void pictureGone() {
        WebSocketListener receiver = listener;
        if (receiver != null && !closing) {
            receiver.onSent();
        }
    }

    private void reply(int opcode, byte[] payload) {
        if (closing) {
            return;
        }
        outlet.reply(WebSocketFrames.frame(channel.alloc(), opcode, payload)).addListener(written -> readOrWait());
        readOrWait();
    }

    private void readOrWait() {
        turn.want(outlet.unsentReplyBytes() < MAX_UNSENT_REPLY_BYTES);
    }

    private void closedByOther(CloseWebSocketFrame frame) {
        closed = CloseStatus.of(frame);
        if (closing) {
            channel.close();
        } else {
            sendClose(closed).addListener(written -> channel.close());
        }
    }

    private void violated(CorruptedWebSocketFrameException violation) {
        if (closing) {
            channel.close();
        } else {
            refuse(new CloseStatus(violation.closeStatus().code(), reason(violation)));
        }
    }

    /** Closes without reading further: what still comes is discarded. */
    private void refuse(CloseStatus why) {
        closed = why;
        Outcomes.closed(why.code());
        decoder.stop(channel.pipeline().context(decoder));
        assembly.drop();
        sendClose(why).addListener(written -> Outlet.shutdownOutput(channel));
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private String reason(CorruptedWebSocketFrameException violation) {
        if (!violation.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
            return String.valueOf(violation.getMessage());
        }
        return whyTooLong();
    }

    private String whyTooLong() {
        return whyNoMore.isEmpty()
                ? "a message has at most " + maxMessageBytes + " bytes, in few fragments"
                : whyNoMore;
    }

    private ChannelFuture sendClose(CloseStatus status) {
        closing = true;
        return outlet.reply(WebSocketFrames.frame(channel.alloc(), WebSocketFrames.CLOSE, status.payload()));
    }

    private void failed(Exception failure) {
        service.fault("a WebSocket failed", failure);
        close(CloseStatus.FAILED, "something went wrong in the server; its log says what");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Goodbye) {
            close(CloseStatus.GOING_AWAY, "the server stops: connect again");
        } else if (event instanceof InputBudget.Excess excess) {
            exceeded(excess);
        } else if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    private void exceeded(InputBudget.Excess excess) {
        if (closing) {
            channel.close();
        } else {
            refuse(new CloseStatus(CloseStatus.TRY_AGAIN_LATER, excess.reason()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        heartbeat.stop();
        deadline.end();
        closing = true;
        WebSocketListener receiver = listener;
        if (receiver != null) {
            receiver.onClose(closed.code(), closed.reason());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException violation) {
            violated(violation);
            return;
        }
        if (!(cause instanceof IOException)) {
            service.fault("a WebSocket failed", cause);
        }
        ctx.close();
    }
}
