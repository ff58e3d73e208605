package dev.sightline.worker;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A child that does not keep to the protocol: the property {@code rubbish} says where it begins. */
final class TestRubbish {
    private TestRubbish() {}

    public static void main(String[] arguments) throws Exception {
        Instructions told = Instructions.read(System.in);
        try (SocketChannel socket =
                SocketChannel.open(UnixDomainSocketAddress.of(Instructions.socket(told.folder())))) {
            Outbox outbox = new Outbox();
            outbox.offer(Envelope.internal(
                    Envelope.HELLO, System.getProperty("rubbish").equals("token") ? "?" : told.token()));
            outbox.offer(Envelope.internal(Envelope.READY));
            Thread writing = new Thread(() -> write(outbox, socket));
            writing.start();
            Thread.sleep(500);
            socket.write(ByteBuffer.wrap(new byte[4_096]));
            System.in.read();
        }
    }

    private static void write(Outbox outbox, SocketChannel socket) {
        try {
            new MessageWriter(outbox, socket).run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
