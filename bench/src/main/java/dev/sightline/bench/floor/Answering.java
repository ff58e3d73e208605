package dev.sightline.bench.floor;

import dev.sightline.http.websocket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** One sender's connection: answers its request, whatever that is, and each of its messages. */
final class Answering extends ChannelInboundHandlerAdapter {
    private static final int LARGEST_MESSAGE = 1024 * 1024;

    private final UnaryOperator<ByteBuffer> answer;
    private final StringBuilder request = new StringBuilder();

    Answering(UnaryOperator<ByteBuffer> answer) {
        this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof WebSocketFrame frame) {
            ByteBuffer picture = answer.apply(frame.content().nioBuffer());
            ctx.writeAndFlush(WebSocketFrames.binary(ctx.alloc(), picture), ctx.voidPromise());
            frame.release();
        } else {
            ByteBuf bytes = (ByteBuf) message;
            request.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
            upgrade(ctx);
        }
    }

    private void upgrade(ChannelHandlerContext ctx) {
        if (request.indexOf("\r\n\r\n") >= 0) {
            WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(LARGEST_MESSAGE)
                    .build();
            ctx.pipeline().addFirst(new WebSocket13FrameDecoder(config));
            ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), WebSocketUpgrade.response(request.toString())));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
