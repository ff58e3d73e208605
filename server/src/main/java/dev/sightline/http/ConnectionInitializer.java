package dev.sightline.http;

import dev.sightline.http.connection.HeadBytes;
import dev.sightline.http.connection.Service;
import dev.sightline.http.connection.Traffic;
import dev.sightline.http.connection.Turn;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.Optional;

/**
 * Gives a new connection its handlers. While it speaks HTTP they are those below. A WebSocket and a streamed answer remove all
 * but the first, which only looks at input, so that no handler stands between a frame and the socket.
 *
 * <pre>
 *   socket ── Inflow ────── HeadBytes ── HttpServerCodec ── Turn ── RequestReceiver
 *             its client's   counts       bytes to messages   a few    routes, answers
 *             rate                                            a turn
 * </pre>
 *
 * <p>A connection of a proxy that speaks the PROXY protocol begins with {@link ProxyPreface}, in place of all but the first.
 *
 * <p>If the server has a certificate, {@link FirstByte} comes next; for TLS connections it inserts Netty's SslHandler behind
 * the first, for good.
 */
@Sharable
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {
    static final int MAX_REQUEST_LINE = 8 * 1024;
    static final int MAX_HEADERS = 16 * 1024;
    /** The most that one read can bring: they wait in {@link Turn}, and nothing more is read. */
    private static final int MAX_PIPELINED = 4096;

    private final Connections connections;
    private final Service service;
    private final RequestAdmission reception;
    private final Optional<SecureSide> secure;

    /** Creates one that serves plain connections, and TLS if there is a certificate. */
    ConnectionInitializer(
            Connections connections, Service service, RequestAdmission reception, Optional<SecureSide> secure) {
        this.connections = connections;
        this.service = service;
        this.reception = reception;
        this.secure = secure;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        Admission admission;
        try {
            admission = connections.admit(channel);
        } catch (ProblemException e) {
            pipeline.addLast(new Refusal(e.response()));
            return;
        }
        pipeline.addLast(admission.inflow());
        if (connections.beginsWithProxyHeader(channel)) {
            pipeline.addLast(new ProxyPreface(service, admission, channel, () -> speak(channel, admission)));
        } else {
            speak(channel, admission);
        }
    }

    private void speak(SocketChannel channel, Admission admission) {
        if (secure.isPresent()) {
            channel.pipeline().addLast(new FirstByte(service, reception, secure.get(), admission, channel));
        } else {
            speakHttp(channel.pipeline(), service, reception, admission);
        }
    }

    static void speakHttp(ChannelPipeline pipeline, Service service, RequestAdmission reception, Admission admission) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setHeadersFactory(FewHeaders.FACTORY)
                .setTrailersFactory(FewHeaders.FACTORY);
        Turn turn = new Turn(Traffic.HTTP, admission.input(), admission.inflow());
        pipeline.addLast(new HeadBytes(turn, admission.input()));
        pipeline.addLast(new HttpServerCodec(limits, MAX_PIPELINED));
        pipeline.addLast(turn);
        pipeline.addLast(new RequestReceiver(service, reception, pipeline.channel(), turn, admission));
    }
}
