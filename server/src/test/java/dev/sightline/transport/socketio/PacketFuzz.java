package dev.sightline.transport.socketio;

import dev.sightline.transport.socketio.engine.MalformedPacketException;
import dev.sightline.transport.socketio.engine.Payloads;

/** Any bytes are a payload of Engine.IO with packets of Socket.IO, or are malformed; nothing else is thrown. */
public final class PacketFuzz {
    private PacketFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        PacketDecoder decoder = new PacketDecoder(1 << 20);
        try {
            for (Object packet : Payloads.packets(input)) {
                if (packet instanceof byte[] binary) {
                    decoder.binary(binary).ifPresent(PacketFuzz::again);
                } else {
                    String text = (String) packet;
                    decoder.text(text.startsWith("4") ? text.substring(1) : text)
                            .ifPresent(PacketFuzz::again);
                }
            }
        } catch (MalformedPacketException e) {
            // that is what it is for
        }
    }

    /** What was read can be sent. */
    private static void again(Packet packet) {
        PacketEncoder.encode(packet).payload();
    }
}
