package dev.sightline.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/**
 * The way out of a long connection. Pictures go one at a time, and their sender is told when one has gone; replies to
 * what the other side sent are counted, so that nobody can make them pile up. Used on the connection's event loop.
 */
public final class Outlet {
    private final Channel channel;
    private final ChannelFutureListener pictureGone;
    private int underWay;
    private int unsentReplyBytes;
    private long progressNanos;

    /** With what runs each time the kernel has taken the last byte of a picture. */
    public Outlet(Channel channel, Runnable onSent) {
        this.channel = channel;
        this.pictureGone = written -> {
            progress();
            if (written.isSuccess()) {
                onSent.run();
            }
        };
    }

    /** Sends a picture. */
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

    /** Whether something waits to be taken, and nothing was for a time. */
    public boolean isStalled(Duration time) {
        return underWay > 0 && System.nanoTime() - progressNanos > time.toNanos();
    }

    /** Ends this side of a connection, in the way of TLS first where it speaks that; what comes in is still read. */
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
        return channel.writeAndFlush(bytes);
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
