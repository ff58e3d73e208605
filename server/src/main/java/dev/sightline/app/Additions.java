package dev.sightline.app;

import dev.sightline.http.Routes;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.socketio.FramePayload;
import dev.sightline.transport.socketio.SocketIoHandlers;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a program brings in code besides its configuration.
 *
 * @param processors processors that the configuration names
 * @param routes addresses of its own, which come before Sightline's
 * @param addresses further addresses of its streams
 * @param socketIo what it has to say to Socket.IO clients
 * @param payloads what it makes of the pictures of a stream for Socket.IO, by the stream's name
 */
public record Additions(
        Collection<? extends ProcessorFactory<?>> processors,
        Routes routes,
        List<StreamAddress> addresses,
        SocketIoHandlers socketIo,
        Map<String, FramePayload> payloads) {

    /** Copies the collections. */
    public Additions {
        processors = List.copyOf(processors);
        addresses = List.copyOf(addresses);
        payloads = Map.copyOf(payloads);
    }

    /** A program without anything of its own. */
    public static Additions none() {
        return new Additions(List.of(), new Routes(), List.of(), new SocketIoHandlers(), Map.of());
    }
}
