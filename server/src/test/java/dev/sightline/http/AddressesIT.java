package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.connection.Timeouts;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in where there are many, and for whom a connection counts. */
class AddressesIT {
    private static final Timeouts HASTY = new Timeouts(
            Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(300));

    private final List<RawClient> clients = new ArrayList<>();
    private HttpServer server;

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        server.close();
    }

    private void start(HttpSettings settings, Timeouts patience) throws IOException {
        Routes routes = new Routes()
                .get("/client", request -> Response.text(request.client().name()))
                .post("/post", request -> Response.text("took it"));
        server = HttpServer.start(settings.withPort(0), routes, (origin, host) -> true, Network.best(), patience);
    }

    @Test
    void full_ofThoseWhoSayNothing_theOldestMakesRoomForANewcomer() throws Exception {
        start(HttpSettings.DEFAULTS.withMaxConnections(10), Timeouts.USUAL);
        RawClient good = connect();
        assertThat(good.get("/client").readAnswer()).endsWith("127.0.0.1");
        for (int i = 0; i < 50; i++) {
            RawClient silent = connect();
            if (i % 2 == 0) {
                silent.send("GET /client HTTP/1.1\r\nHost: a\r\n"); // and never the end
            }
        }
        assertThat(connect().get("/client").readAnswer()).endsWith("127.0.0.1");
        assertThat(good.get("/client").readAnswer()).endsWith("127.0.0.1");
        assertThat(clients.get(1).isClosedByServer()).isTrue();
        Await.until("there are no more than there may be", () -> server.connections() <= 10);
    }

    @Test
    void silence_ofANewConnection_isShort_thatOfOthersIsNot() throws Exception {
        start(HttpSettings.DEFAULTS, HASTY);
        RawClient proved = connect();
        assertThat(proved.get("/client").readAnswer()).endsWith("127.0.0.1");
        RawClient slow = connect().send("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na");
        assertThat(connect().isClosedByServer()).isTrue();
        assertThat(connect().send("GET /cli").isClosedByServer()).isTrue();
        assertThat(slow.send("b").readAnswer()).endsWith("took it");
        assertThat(proved.get("/client").readAnswer()).endsWith("127.0.0.1");
    }

    @Test
    void proxied_countsForItsClient_whoMayHaveSoMany() throws Exception {
        start(HttpSettings.DEFAULTS.withMaxConnectionsPerAddress(2), Timeouts.USUAL);
        assertThat(from(connect(), "evil, 198.51.100.7")).endsWith("198.51.100.7");
        RawClient second = connect();
        assertThat(from(second, "198.51.100.7")).endsWith("198.51.100.7");
        RawClient third = connect();
        assertThat(from(third, "198.51.100.7")).startsWith("HTTP/1.1 429 ").contains("your address has 2 connections");
        assertThat(from(third, "198.51.100.8")).endsWith("198.51.100.8");
        assertThat(third.get("/client").readAnswer()).endsWith("127.0.0.1");

        assertThat(from(second, "198.51.100.9")).endsWith("198.51.100.9");
        assertThat(from(third, "198.51.100.7")).endsWith("198.51.100.7");
        for (int i = 0; i < 10; i++) {
            assertThat(connect().get("/client").readAnswer()).endsWith("127.0.0.1"); // this computer's are not counted
        }
    }

    private static String from(RawClient client, String said) throws IOException {
        return client.get("/client", "X-Forwarded-For: " + said).readAnswer();
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(server.address());
        clients.add(client);
        return client;
    }
}
