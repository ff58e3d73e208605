package dev.sightline.transport.socketio.engine;

import java.util.ArrayList;
import java.util.List;

/** Reads payloads of long-polling for tests. */
public final class Payloads {
    private Payloads() {}

    /** The packets of a payload in order: text, its type before it, as String, and binary messages as byte[]. */
    public static List<Object> packets(byte[] body) throws MalformedPacketException {
        List<Object> packets = new ArrayList<>();
        Payload payload = new Payload(body);
        Payload.Receiver receiver = new Payload.Receiver() {
            @Override
            public void text(String packet) {
                packets.add(packet);
            }

            @Override
            public void binary(byte[] message) {
                packets.add(message);
            }
        };
        while (payload.hasNext()) {
            payload.next(receiver);
        }
        return packets;
    }
}
