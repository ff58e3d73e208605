package dev.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server and a client that do not notice what stands between them, but for the time it takes. */
class TcpRelayTest {
    private static final Impairment POOR =
            Impairment.NONE.delaying(Duration.ofMillis(5)).losing(0.05);

    @Test
    void relay_lossAndDelay_bringsAllInOrderBothWays() throws Exception {
        byte[] question = bytes(1);
        byte[] answer = bytes(2);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpRelay relay = TcpRelay.to(server.getLocalPort(), 1)) {
            relay.impair(POOR, POOR);
            CompletableFuture<byte[]> asked = CompletableFuture.supplyAsync(() -> exchange(server, answer));
            try (Socket client =
                    new Socket(InetAddress.getLoopbackAddress(), relay.address().getPort())) {
                client.getOutputStream().write(question);
                client.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes()).isEqualTo(answer);
            }
            assertThat(asked.join()).isEqualTo(question);
        }
    }

    /** Reads all that is said, then answers. */
    private static byte[] exchange(ServerSocket server, byte[] answer) {
        try (Socket connection = server.accept()) {
            byte[] question = connection.getInputStream().readAllBytes();
            connection.getOutputStream().write(answer);
            return question;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[50_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
