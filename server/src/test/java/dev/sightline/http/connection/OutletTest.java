package dev.sightline.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutletTest {
    private final List<String> passed = new ArrayList<>();
    private final ChannelInboundHandlerAdapter first = new ChannelInboundHandlerAdapter();
    private final EmbeddedChannel channel = new EmbeddedChannel(named("tls"), first, named("behind"));
    private int sent;
    private final Outlet outlet = new Outlet(channel, () -> sent++);

    @Test
    void frames_goPastTheHandlersBehindTheFirst() {
        outlet.sendFrom(channel.pipeline().context(first));
        outlet.picture(Unpooled.buffer().writeInt(1));
        outlet.reply(Unpooled.buffer().writeInt(2));

        assertThat(passed).containsExactly("tls", "tls");
        assertThat(channel.outboundMessages()).hasSize(2);
        assertThat(sent).isOne();
        channel.finishAndReleaseAll();
    }

    private ChannelOutboundHandlerAdapter named(String name) {
        return new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                passed.add(name);
                ctx.write(message, promise);
            }
        };
    }
}
