package dev.sightline.app.configuration;

import dev.sightline.http.Routes;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.socketio.FramePayload;
import dev.sightline.transport.socketio.SocketIoHandlers;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a program adds in code to its configuration.
 *
 * @param processors processors that the configuration names
 * @param routes its own addresses, which precede Sightline's
 * @param addresses further addresses of its streams
 * @param socketIo its handlers for Socket.IO clients
 * @param payloads its own payloads for Socket.IO, by the stream's name
 */
public record Additions(
        Collection<? extends ProcessorFactory<?>> processors,
        Routes routes,
        List<StreamAddress> addresses,
        SocketIoHandlers socketIo,
        Map<String, FramePayload> payloads) {

    public Additions {
        processors = List.copyOf(processors);
        addresses = List.copyOf(addresses);
        payloads = Map.copyOf(payloads);
    }

    /** A program without additions. */
    public static Additions none() {
        return new Additions(List.of(), new Routes(), List.of(), new SocketIoHandlers(), Map.of());
    }
}
