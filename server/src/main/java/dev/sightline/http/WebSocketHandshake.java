package dev.sightline.http;

import dev.sightline.access.Access;
import dev.sightline.http.connection.Service;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketConnection;
import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.http.websocket.WebSocketOptions;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The opening handshake of a WebSocket (RFC 6455 section 4.2). */
final class WebSocketHandshake {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    /** Of the codes for applications, the one that ends like HTTP's 401. */
    private static final int UNAUTHORIZED = 4401;

    /** For a client that answers no close frame. */
    private static final long LONGEST_FAREWELL_MILLIS = 500;

    private static final WebSocketListener NOBODY = new WebSocketListener() {};

    /** One for each event loop: to find the provider takes longer than the digest. */
    private static final FastThreadLocal<MessageDigest> SHA_1 = new FastThreadLocal<>() {
        @Override
        protected MessageDigest initialValue() {
            try {
                return MessageDigest.getInstance("SHA-1");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has SHA-1", e);
            }
        }
    };

    private WebSocketHandshake() {}

    /**
     * Upgrades a request's connection to a WebSocket.
     *
     * @throws ProblemException 426 or 400, if the request is not a handshake of version 13
     */
    static void upgrade(Exchange exchange, Route.Socket route, Request request, Service service, Admission admission) {
        HttpHeaders headers = exchange.request().headers();
        checkVersion(headers);
        String key = checkedKey(headers);
        route.handler().check(request);
        WebSocketOptions options = route.options().apply(request);
        Optional<String> subprotocol = chosen(headers, options.subprotocols());
        WebSocketConnection socket = new WebSocketConnection(
                exchange.ctx().channel(), subprotocol, options, service, admission.input(), admission.inflow());
        exchange.handOver(socket.handlers());
        exchange.upgrade(
                response(key, subprotocol), () -> socket.open(opened -> open(route.handler(), request, opened)));
        endWith(request.access(), exchange.ctx().channel(), socket);
    }

    /** The WebSocket lives as long as the access by which it was opened. */
    private static void endWith(Access access, Channel channel, WebSocketConnection socket) {
        Runnable outlived = access.onEnd(() -> channel.eventLoop().execute(() -> {
            socket.close(UNAUTHORIZED, "the login has ended: log in again");
            channel.eventLoop().schedule(() -> channel.close(), LONGEST_FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        }));
        channel.closeFuture().addListener(closed -> outlived.run());
    }

    private static WebSocketListener open(WebSocketHandler handler, Request request, WebSocket socket)
            throws Exception {
        try {
            return handler.open(request, socket);
        } catch (ProblemException e) {
            socket.close(WebSocketCloseStatus.POLICY_VIOLATION.code(), e.getMessage());
            return NOBODY;
        }
    }

    private static void checkVersion(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", true)) {
            throw new ProblemException(Problem.of(426, "this server speaks version 13 of the WebSocket protocol"))
                    .withHeader("Upgrade", "websocket")
                    .withHeader("Sec-WebSocket-Version", "13");
        }
    }

    private static String checkedKey(HttpHeaders headers) {
        String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
        try {
            if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new ProblemException(Problem.of(400, "Sec-WebSocket-Key is not 16 bytes in base64"));
    }

    /** The server's best among those the client offers. */
    private static Optional<String> chosen(HttpHeaders headers, List<String> known) {
        if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            return Optional.empty();
        }
        List<String> offered = CommaSeparated.of(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
        return known.stream().filter(offered::contains).findFirst();
    }

    private static FullHttpResponse response(String key, Optional<String> subprotocol) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
        subprotocol.ifPresent(name -> response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, name));
        return response;
    }

    static String accept(String key) {
        byte[] bytes = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(SHA_1.get().digest(bytes));
    }
}
