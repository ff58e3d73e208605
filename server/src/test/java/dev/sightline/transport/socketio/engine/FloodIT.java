package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Neighbours;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sends very many packets in one POST has them taken a few a turn: others of the same event loop come between. */
class FloodIT {
    private static final String FLOOD = "4gate" + "\u001e4flood".repeat(1_000);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> served = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        Routes routes = new Routes()
                .streamed(
                        "/loop",
                        (request, response) -> response.respond(
                                Response.text(Thread.currentThread().getName())))
                .streamed("/viewer", (request, response) -> {
                    served.add("viewer");
                    response.respond(Response.text("served"));
                });
        new Engine(
                        EchoServer.PATIENT,
                        (origin, host) -> true,
                        refusal -> {},
                        (session, request) -> {
                            session.trust();
                            return new Noting();
                        },
                        InputBudget.ofProcess())
                .addTo(routes, "/engine.io");
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void post_manyPackets_othersAreServedBetween() throws Exception {
        serveBetween(FLOOD);
        assertThat(served).hasSize(1_002);
        assertThat(served.indexOf("viewer")).isLessThan(200);
    }

    @Test
    void post_longPackets_othersAreServedBetween() throws Exception {
        serveBetween("4gate" + ("\u001e4" + "x".repeat(40_000)).repeat(20));
        assertThat(served).hasSize(22);
        assertThat(served.indexOf("viewer")).isLessThan(8);
    }

    private void serveBetween(String flood) throws Exception {
        try (Neighbours neighbours = Neighbours.of(server.address())) {
            post(neighbours.one(), session(neighbours.one()), flood);
            Await.until("the event loop stands still", () -> served.contains("gate"));
            neighbours.other().get("/viewer");
            gate.countDown();
            assertThat(neighbours.one().readAnswer())
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("ok");
            assertThat(neighbours.other().readAnswer()).endsWith("served");
        }
    }

    @Test
    void post_whileAnotherIsTaken_closesTheSession() throws Exception {
        try (Neighbours neighbours = Neighbours.of(server.address())) {
            String session = session(neighbours.one());
            post(neighbours.one(), session, FLOOD);
            Await.until("the event loop stands still", () -> served.contains("gate"));
            post(neighbours.other(), session, "4late");
            gate.countDown();
            assertThat(neighbours.other().readAnswer())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("one POST at a time");
            assertThat(neighbours.one().readAnswer()).startsWith("HTTP/1.1 200 ");
            post(neighbours.one(), session, "4late");
            assertThat(neighbours.one().readAnswer()).startsWith("HTTP/1.1 400 ");
        }
        assertThat(served).doesNotContain("late").hasSizeLessThan(1_001);
    }

    private static String session(RawClient client) throws IOException {
        String opened = client.get("/engine.io/?EIO=4&transport=polling").readAnswer();
        return EngineClient.json(opened.substring(opened.indexOf("0{") + 1))
                .get("sid")
                .asString();
    }

    private static void post(RawClient client, String session, String body) throws IOException {
        client.send("POST /engine.io/?EIO=4&transport=polling&sid=" + session
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private final class Noting implements EngineListener {
        @Override
        public void onText(String message) {
            served.add(message);
            if (message.equals("gate")) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
