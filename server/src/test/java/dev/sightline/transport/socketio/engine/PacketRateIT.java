package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacketRateIT {
    private static final int AT_ONCE = 2_000;
    private static final int A_SECOND = 500;

    /** No machine is slow enough to take them in order without the rate, and a slow one may take longer. */
    @Test
    void post_morePacketsThanTheRate_isTakenLater() throws Exception {
        try (EchoServer server = new EchoServer(EchoServer.PATIENT)) {
            EngineClient client = new EngineClient(server.address(), "/engine.io/");
            long start = System.nanoTime();
            String session = client.session();
            String packets = "6" + "\u001e6".repeat(AT_ONCE + 2 * A_SECOND);
            assertThat(client.post(session, packets).statusCode()).isEqualTo(200);
            assertThat(server.engine().delays()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }
}
