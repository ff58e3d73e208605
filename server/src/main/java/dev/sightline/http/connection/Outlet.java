package dev.sightline.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/**
 * The output of a long connection. Frames go one at a time, and their sender learns when one was sent; replies to the other
 * side's input are counted, so that it cannot make them pile up. Used on the connection's event loop.
 */
public final class Outlet {
    private final ChannelFutureListener pictureGone;
    private ChannelOutboundInvoker out;
    private int underWay;
    private int unsentReplyBytes;
    private long progressNanos;

    /** Creates one; {@code onSent} runs each time the kernel has taken the last byte of a frame. */
    public Outlet(ChannelOutboundInvoker out, Runnable onSent) {
        this.out = out;
        this.pictureGone = written -> {
            progress();
            if (written.isSuccess()) {
                onSent.run();
            }
        };
    }

    /**
     * Sends from this handler on, not from the pipeline's end: what lies behind it has nothing to do with output. With hundreds
     * of viewers none of their handlers is in the processor's cache, and to go past three of them took 2 % of sending.
     */
    public void sendFrom(ChannelHandlerContext first) {
        out = first;
    }

    /** Sends a frame. */
    public void picture(ByteBuf bytes) {
        send(bytes).addListener(pictureGone);
    }

    /** Sends something small, or something the other side provoked. */
    public ChannelFuture reply(ByteBuf bytes) {
        int length = bytes.readableBytes();
        unsentReplyBytes += length;
        return send(bytes).addListener(written -> {
            unsentReplyBytes -= length;
            progress();
        });
    }

    /** Bytes of replies that the kernel has not taken. */
    public int unsentReplyBytes() {
        return unsentReplyBytes;
    }

    /** Whether the kernel has taken everything. */
    public boolean isEmpty() {
        return underWay == 0;
    }

    /** Whether something waits to be sent, and nothing was taken for this time. */
    public boolean isStalled(Duration time) {
        return underWay > 0 && System.nanoTime() - progressNanos > time.toNanos();
    }

    /** Shuts down this side of a connection, after TLS's close_notify if it uses TLS; input is still read. */
    public static void shutdownOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            endSide(channel);
        } else {
            tls.closeOutbound().addListener(said -> endSide(channel));
        }
    }

    private ChannelFuture send(ByteBuf bytes) {
        if (underWay == 0) {
            progressNanos = System.nanoTime();
        }
        underWay++;
        return out.writeAndFlush(bytes);
    }

    private void progress() {
        underWay--;
        progressNanos = System.nanoTime();
    }

    private static void endSide(Channel channel) {
        if (channel instanceof SocketChannel socket) {
            socket.shutdownOutput();
        }
    }
}
