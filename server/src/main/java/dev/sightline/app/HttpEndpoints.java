package dev.sightline.app;

import dev.sightline.admin.Admin;
import dev.sightline.admin.Doors;
import dev.sightline.app.StreamAddress.Way;
import dev.sightline.http.Routes;
import dev.sightline.http.tls.Tls;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.metadata.MetadataTransport;
import dev.sightline.transport.mjpeg.MjpegTransport;
import dev.sightline.transport.socketio.SocketIoTransport;
import dev.sightline.transport.webrtc.WebRtcTransport;
import dev.sightline.transport.websocket.WebSocketTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transports and the web UI, with all their addresses. */
final class HttpEndpoints {
    private final StreamRegistry streams;
    private final Optional<Tls> tls;
    private final String host;
    private final MjpegTransport mjpeg;
    private final WebSocketTransport webSocket;

    private final SocketIoTransport socketIo;
    private final WebRtcTransport webRtc;

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
            Optional<Tls> tls,
            String host) {
        this.streams = streams;
        this.tls = tls;
        this.host = host;
        this.mjpeg = new MjpegTransport(streams);
        this.webSocket = new WebSocketTransport(streams);
        this.socketIo = socketIo;
        this.webRtc = webRtc;
    }

    /** The routes of the server's own port, besides the program's own. */
    Routes routes(Additions additions) {
        Routes routes = new Routes();
        additions.addresses().stream()
                .filter(address -> address.port().isEmpty())
                .forEach(address -> add(routes, address));
        return routes.orElse(additions.routes()).orElse(own());
    }

    /** The routes of each further port. */
    Map<Integer, Routes> furtherPorts(List<StreamAddress> addresses) {
        Map<Integer, Routes> ports = new LinkedHashMap<>();
        for (StreamAddress address : addresses) {
            address.port().ifPresent(port -> add(ports.computeIfAbsent(port, number -> new Routes()), address));
        }
        return ports;
    }

    private Routes own() {
        Routes routes = new Routes();
        Metrics metrics = new Metrics();
        mjpeg.addTo(routes);
        new MetadataTransport(streams).addTo(routes);
        webSocket.addTo(routes);
        metrics.add(webSocket::figures);
        socketIo.addTo(routes);
        socketIo.addTo(metrics);
        webRtc.addTo(routes);
        metrics.add(webRtc::figures);
        Admin.addTo(routes, streams, metrics, Version.TEXT);
        Doors.addTo(routes, tls, host);
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
