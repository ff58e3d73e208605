package dev.sightline.http.websocket;

import dev.sightline.http.limits.InputBudget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;

/** Netty's frame decoder, which stores a frame until its last byte is there: what it stores counts as held by the connection. */
final class FrameDecoder extends WebSocket13FrameDecoder {
    private final InputBudget.Account input;
    private final Runnable onRead;
    private int held;

    /**
     * Creates the decoder.
     *
     * @param onRead runs after each read, when all frames it completed were handed on
     */
    FrameDecoder(int maxFrameBytes, InputBudget.Account input, Runnable onRead) {
        super(WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxFrameBytes)
                .allowExtensions(false)
                .allowMaskMismatch(false)
                .closeOnProtocolViolation(false)
                .build());
        this.input = input;
        this.onRead = onRead;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        super.channelRead(ctx, message);
        count();
        onRead.run();
    }

    /** Bytes of an incomplete frame. */
    int unfinishedBytes() {
        return actualReadableBytes();
    }

    /** Discards what it stores, and what still comes. */
    void stop(ChannelHandlerContext ctx) {
        ctx.pipeline().replace(this, null, new Discard());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        count();
    }

    /** Counts the buffer's capacity, which may exceed its content. */
    private void count() {
        int now = unfinishedBytes() == 0 ? 0 : internalBuffer().capacity();
        int before = held;
        held = now;
        input.add(now - before);
    }

    private static final class Discard extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
