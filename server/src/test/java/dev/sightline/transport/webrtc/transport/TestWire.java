package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** What a test's peer sends and receives packets by. */
interface TestWire extends AutoCloseable {
    void send(byte[] packet) throws IOException;

    /** Waits for a packet. */
    Optional<byte[]> receive(int millis) throws IOException;

    @Override
    void close() throws IOException;

    static TestWire udp(int port) throws IOException {
        return udp(InetAddress.getByName("127.0.0.1"), port);
    }

    static TestWire udp(InetAddress host, int port) throws IOException {
        return udp(host, host, port);
    }

    /** From another address of this computer. */
    static TestWire udp(InetAddress from, InetAddress host, int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0));
        socket.setReceiveBufferSize(4 * 1024 * 1024);
        return new TestWire() {
            @Override
            public void send(byte[] packet) throws IOException {
                socket.send(new DatagramPacket(packet, packet.length, host, port));
            }

            @Override
            public Optional<byte[]> receive(int millis) throws IOException {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                socket.setSoTimeout(millis);
                try {
                    socket.receive(packet);
                } catch (SocketTimeoutException e) {
                    return Optional.empty();
                }
                return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    /** Loses what comes in and is to be lost. */
    static TestWire losing(TestWire wire, Predicate<byte[]> lost) {
        return new TestWire() {
            @Override
            public void send(byte[] packet) throws IOException {
                wire.send(packet);
            }

            @Override
            public Optional<byte[]> receive(int millis) throws IOException {
                Optional<byte[]> packet = wire.receive(millis);
                while (packet.isPresent() && lost.test(packet.get())) {
                    packet = wire.receive(millis);
                }
                return packet;
            }

            @Override
            public void close() throws IOException {
                wire.close();
            }
        };
    }

    static TestWire tcp(int port) throws IOException {
        return tcp(InetAddress.getByName("127.0.0.1"), port);
    }

    /** From another address of this computer. */
    static TestWire tcp(InetAddress from, int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, from, 0);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        return new TestWire() {
            @Override
            public void send(byte[] packet) throws IOException {
                byte[] framed = new byte[2 + packet.length];
                BigEndian.put16(framed, 0, packet.length);
                System.arraycopy(packet, 0, framed, 2, packet.length);
                out.write(framed);
            }

            @Override
            public Optional<byte[]> receive(int millis) throws IOException {
                socket.setSoTimeout(millis);
                try {
                    byte[] packet = new byte[in.readUnsignedShort()];
                    in.readFully(packet);
                    return Optional.of(packet);
                } catch (SocketTimeoutException e) {
                    return Optional.empty();
                }
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }
}
