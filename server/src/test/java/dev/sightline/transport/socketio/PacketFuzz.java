package dev.sightline.transport.socketio;

/** Any bytes are a payload of Engine.IO with packets of Socket.IO, or are malformed; nothing else is thrown. */
public final class PacketFuzz {
    private PacketFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        PacketDecoder decoder = new PacketDecoder(1 << 20);
        try {
            Payload.read(input, new Payload.Receiver() {
                @Override
                public void text(String packet) throws MalformedPacketException {
                    decoder.text(packet.startsWith("4") ? packet.substring(1) : packet)
                            .ifPresent(PacketFuzz::again);
                }

                @Override
                public void binary(byte[] message) throws MalformedPacketException {
                    decoder.binary(message).ifPresent(PacketFuzz::again);
                }
            });
        } catch (MalformedPacketException e) {
            // that is what it is for
        }
    }

    /** What was read can be sent. */
    private static void again(Packet packet) {
        PacketEncoder.encode(packet).payload();
    }
}
