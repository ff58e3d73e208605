package dev.sightline.app;

import dev.sightline.access.Action;
import dev.sightline.admin.Admin;
import dev.sightline.admin.Configuration;
import dev.sightline.admin.Doors;
import dev.sightline.admin.LocalOnly;
import dev.sightline.admin.LoginApi;
import dev.sightline.admin.WorkersApi;
import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.StreamAddress;
import dev.sightline.app.configuration.StreamAddress.Way;
import dev.sightline.http.Routes;
import dev.sightline.http.tls.Tls;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.input.InputTransport;
import dev.sightline.transport.input.LatencyTransport;
import dev.sightline.transport.metadata.MetadataTransport;
import dev.sightline.transport.mjpeg.MjpegTransport;
import dev.sightline.transport.socketio.SocketIoTransport;
import dev.sightline.transport.webrtc.WebRtcTransport;
import dev.sightline.transport.websocket.WebSocketTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transports and the web UI, with all their addresses. */
final class HttpEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoints.class);

    private final StreamRegistry streams;
    private final Optional<Tls> tls;
    private final String host;
    private final MjpegTransport mjpeg;
    private final WebSocketTransport webSocket;

    private final SocketIoTransport socketIo;
    private final WebRtcTransport webRtc;
    private final Configuration configuration;
    private final LoginApi logins;
    private final Workers workers;
    private final Routes own;
    /** By the port that was described, the server's own as empty. */
    private final Map<OptionalInt, AtomicReference<Routes>> ports = new LinkedHashMap<>();

    /**
     * Creates all endpoints.
     *
     * @param tls the certificate, if the server uses HTTPS
     * @param host the address it listens on
     */
    HttpEndpoints(
            StreamRegistry streams,
            SocketIoTransport socketIo,
            WebRtcTransport webRtc,
            Configuration configuration,
            LoginApi logins,
            Workers workers,
            Optional<Tls> tls,
            String host) {
        this.streams = streams;
        this.tls = tls;
        this.host = host;
        this.mjpeg = new MjpegTransport(streams);
        this.webSocket = new WebSocketTransport(
                streams,
                (request, stream) -> request.access().may(Action.CONTROL, stream)
                        && LocalOnly.refusal(request).isEmpty());
        this.socketIo = socketIo;
        this.webRtc = webRtc;
        this.configuration = configuration;
        this.logins = logins;
        this.workers = workers;
        this.own = own();
    }

    /**
     * The routes of each port to listen on, the server's own first, as empty.
     *
     * @param additions with the program's own addresses
     */
    Map<OptionalInt, Supplier<Routes>> listen(Additions additions) {
        routes(additions).forEach((port, routes) -> ports.put(port, new AtomicReference<>(routes)));
        Map<OptionalInt, Supplier<Routes>> current = new LinkedHashMap<>();
        ports.forEach((port, routes) -> current.put(port, routes::get));
        return current;
    }

    /**
     * Another version of the program adds other addresses, handlers and payloads.
     *
     * @return lets new requests and connections find them; what needs another port is told, and waits for the next start
     * @throws IllegalArgumentException if an address is invalid
     */
    Runnable others(Additions additions) {
        Map<OptionalInt, Routes> others = routes(additions);
        return () -> {
            ports.forEach((port, routes) -> routes.set(others.getOrDefault(port, new Routes())));
            others.keySet().stream()
                    .filter(port -> !ports.containsKey(port))
                    .forEach(port -> LOG.warn("port {} is opened with the next start only", port.getAsInt()));
            socketIo.use(additions.socketIo(), additions.payloads());
        };
    }

    /** Every route of the server's own port, with what it needs. */
    List<Routes.Row> rows() {
        return Optional.ofNullable(ports.get(OptionalInt.empty())).stream()
                .flatMap(routes -> Objects.requireNonNull(routes.get()).rows())
                .toList();
    }

    /** Every route's method and path on the server's own port, as {@link Routes#addresses}. */
    List<String> addresses() {
        return own.addresses().sorted().toList();
    }

    private Map<OptionalInt, Routes> routes(Additions additions) {
        Map<OptionalInt, Routes> all = new LinkedHashMap<>();
        all.put(OptionalInt.empty(), new Routes());
        for (StreamAddress address : additions.addresses()) {
            add(all.computeIfAbsent(address.port(), port -> new Routes()), address);
        }
        all.computeIfPresent(
                OptionalInt.empty(),
                (port, routes) -> routes.orElse(additions.routes()).orElse(own));
        return all;
    }

    private Routes own() {
        Routes routes = new Routes();
        Metrics metrics = new Metrics();
        mjpeg.addTo(routes);
        new MetadataTransport(streams).addTo(routes);
        new InputTransport(streams).addTo(routes);
        new LatencyTransport(streams).addTo(routes);
        webSocket.addTo(routes);
        metrics.add(webSocket::figures);
        socketIo.addTo(routes);
        socketIo.addTo(metrics);
        webRtc.addTo(routes);
        metrics.add(webRtc::figures);
        Admin.addTo(routes, streams, configuration, metrics, Version.TEXT);
        metrics.add(workers::figures);
        WorkersApi.addTo(routes, workers::statuses, workers::release);
        Doors.addTo(routes, tls, host);
        logins.addTo(routes);
        metrics.add(logins::figures);
        return routes;
    }

    private void add(Routes routes, StreamAddress address) {
        String path = address.path();
        String stream = address.stream();
        if (address.way() instanceof Way.Answers answers) {
            webSocket.addTo(routes, path, stream, answers.quality());
        } else if (address.way() instanceof Way.WebSocket) {
            webSocket.addTo(routes, path, stream);
        } else if (address.way() instanceof Way.Offer) {
            webRtc.addTo(routes, path, stream);
        } else {
            mjpeg.addTo(routes, path, stream);
        }
    }
}
