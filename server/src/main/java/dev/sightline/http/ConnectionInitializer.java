package dev.sightline.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * Gives a new connection its handlers. While it speaks HTTP they are these; a WebSocket and a streamed answer take all
 * of them out again, so that nothing stands between a picture and the socket.
 *
 * <pre>
 *   socket ── HttpServerCodec ── RequestReceiver
 *             bytes to messages   routes, answers
 * </pre>
 */
@Sharable
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {
    static final int MAX_REQUEST_LINE = 8 * 1024;
    static final int MAX_HEADERS = 16 * 1024;

    private final Connections connections;
    private final Service service;

    ConnectionInitializer(Connections connections, Service service) {
        this.connections = connections;
        this.service = service;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (connections.admit(channel)) {
            speakHttp(channel);
        } else {
            channel.pipeline().addLast(new Refusal());
        }
    }

    private void speakHttp(SocketChannel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS);
        pipeline.addLast(new HttpServerCodec(limits));
        pipeline.addLast(new RequestReceiver(service, channel));
    }
}
