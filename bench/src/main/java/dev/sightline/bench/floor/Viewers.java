package dev.sightline.bench.floor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/** The viewers of one event loop; used on it, but for {@link #show}. */
final class Viewers {
    private final EventLoop eventLoop;
    private final List<Channel> channels = new ArrayList<>();

    Viewers(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    void add(Channel channel) {
        channels.add(channel);
    }

    void remove(Channel channel) {
        channels.remove(channel);
    }

    /** By any thread: a picture for each viewer whose socket can take it; the buffer is given away. */
    void show(ByteBuf wire) {
        eventLoop.execute(() -> {
            for (Channel channel : channels) {
                if (channel.isWritable()) {
                    channel.writeAndFlush(wire.retainedDuplicate(), channel.voidPromise());
                }
            }
            wire.release();
        });
    }
}
