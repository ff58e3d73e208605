package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections to servers that hold them up. */
class ConnectionIT {
    /** Of a TLS record with a handshake message of 16 KiB, the header and the message's beginning. */
    private static final byte[] RECORD = {22, 3, 3, 64, 0, 2, 0, 63};

    @Test
    void open_handshakeThatComesByteByByte_endsAtTheDeadline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> drip(server));
            thread.setDaemon(true);
            thread.start();
            // Its bytes go on for longer than the deadline, and end before the handshake does.
            assertThatThrownBy(() -> Connection.open(address(true, server), Optional.empty(), inMillis(500)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void open_firstOfTwoAddressesIsDead_connectsToTheSecond() throws Exception {
        try (ServerSocket live = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Dead dead = new Dead("127.0.0.2", live.getLocalPort());
                Connection connection = Connection.open(
                        address(false, live),
                        List.of(InetAddress.getByName("127.0.0.2"), live.getInetAddress()),
                        inMillis(1_000));
                Socket accepted = live.accept()) {
            accepted.getOutputStream().write('x');
            assertThat(connection.input().read()).isEqualTo('x');
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket connection = server.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(RECORD);
            for (int i = 0; i < 40; i++) {
                out.write(0);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException | InterruptedException gone) {
            // The other side has left.
        }
    }

    private static WebAddress address(boolean secure, ServerSocket server) {
        return new WebAddress(secure, "localhost", server.getLocalPort(), "/", Optional.empty());
    }

    private static long inMillis(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** An address that answers nothing, since as many wait to be accepted as may; of Linux, which has more of the kind of 127.0.0.1. */
    private static final class Dead implements AutoCloseable {
        private final ServerSocket listener;
        private final List<Socket> waiting = new ArrayList<>();

        Dead(String number, int port) throws IOException {
            assumeTrue(System.getProperty("os.name").equals("Linux"));
            listener = new ServerSocket(port, 1, InetAddress.getByName(number));
            InetSocketAddress address = new InetSocketAddress(number, port);
            try {
                while (waiting.size() < 100) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    socket.connect(address, 200);
                }
            } catch (SocketTimeoutException full) {
                return;
            }
            throw new IllegalStateException("it is never full");
        }

        @Override
        public void close() throws IOException {
            for (Socket each : waiting) {
                each.close();
            }
            listener.close();
        }
    }
}
