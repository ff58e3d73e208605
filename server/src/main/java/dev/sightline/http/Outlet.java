package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.time.Duration;

/**
 * The way out of a long connection. Pictures go one at a time, and their sender is told when one has gone; replies to
 * what the other side sent are counted, so that nobody can make them pile up. Used on the connection's event loop.
 */
final class Outlet {
    private final Channel channel;
    private final ChannelFutureListener pictureGone;
    private int underWay;
    private int unsentReplyBytes;
    private long progressNanos;

    /** With what runs each time the kernel has taken the last byte of a picture. */
    Outlet(Channel channel, Runnable onSent) {
        this.channel = channel;
        this.pictureGone = written -> {
            progress();
            if (written.isSuccess()) {
                onSent.run();
            }
        };
    }

    /** Sends a picture. */
    void picture(ByteBuf bytes) {
        send(bytes).addListener(pictureGone);
    }

    /** Sends something small, or something the other side provoked. */
    ChannelFuture reply(ByteBuf bytes) {
        int length = bytes.readableBytes();
        unsentReplyBytes += length;
        return send(bytes).addListener(written -> {
            unsentReplyBytes -= length;
            progress();
        });
    }

    /** Bytes of replies that the kernel has not taken. */
    int unsentReplyBytes() {
        return unsentReplyBytes;
    }

    /** Whether the kernel has taken everything. */
    boolean isEmpty() {
        return underWay == 0;
    }

    /** Whether something waits to be taken, and nothing was for a time. */
    boolean isStalled(Duration time) {
        return underWay > 0 && System.nanoTime() - progressNanos > time.toNanos();
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
}
