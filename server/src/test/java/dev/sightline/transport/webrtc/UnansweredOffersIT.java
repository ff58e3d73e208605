package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import dev.sightline.transport.webrtc.sdp.Offers;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import dev.sightline.transport.webrtc.transport.SteppedPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Offers of ours that nobody takes up are gone after 30 s, on a server whose time is moved on by hand. */
class UnansweredOffersIT {
    private final StreamRegistry streams = new StreamRegistry();
    private SteppedPort media;
    private Sessions sessions;
    private HttpServer server;
    private Api api;

    @BeforeEach
    void start() throws Exception {
        streams.start(
                "demo",
                new SourceSchemes(List.of(new PatternScheme())).source("pattern:320x240@30", SourceOptions.DEFAULTS),
                Pipeline.of(List.of()),
                false);
        media = new SteppedPort();
        sessions = new Sessions(streams, media.port(), 4_000_000);
        Routes routes = new Routes();
        new OfferEndpoint(streams, sessions).addTo(routes, "/offer", "demo");
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true);
        api = new Api(URI.create("http://127.0.0.1:" + server.address().getPort()));
    }

    @AfterEach
    void stop() {
        server.close();
        sessions.close();
        media.close();
        streams.close();
    }

    @Test
    void offers_nobodyTakesUp_areGoneAfter30Seconds_andMakeRoom() throws Exception {
        String early = invite().body();
        for (int i = 1; i < Invitations.MOST; i++) {
            assertThat(invite().statusCode()).isEqualTo(200);
        }
        assertThat(viewers()).isZero();

        media.pass(Duration.ofSeconds(20));
        assertThat(sessions.statuses()).hasSize(Invitations.MOST);
        assertThat(invite().statusCode()).isEqualTo(200);
        media.pass(Duration.ZERO);
        assertThat(sessions.statuses()).hasSize(Invitations.MOST);
        assertThat(answer(early).statusCode()).isEqualTo(409);

        String late = invite().body();
        media.pass(Duration.ofSeconds(27));
        assertThat(sessions.statuses()).isEmpty();
        assertThat(sessions.ended())
                .allSatisfy(session -> assertThat(session.explanation()).startsWith("no packet arrived on UDP"));
        assertThat(answer(late).statusCode()).isEqualTo(410);
        assertThat(invite().statusCode()).isEqualTo(200);
    }

    /** What cannot be described cannot be answered, so nobody would come. */
    @Test
    void session_thatCannotBegin_leavesNoTransportBehind() throws Exception {
        Caller impossible = new Caller(InetAddress.getLoopbackAddress(), null, Optional.empty());
        RemoteDescription offer = RemoteDescription.parse(Offers.CHROMIUM_WATCHES);

        assertThatThrownBy(() -> sessions.invite("demo", "mid", impossible)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> sessions.watch("demo", offer, CodecPreferences.ANY, impossible))
                .isInstanceOf(NullPointerException.class);

        Await.until(
                "both links are gone", () -> media.port().totals().transports().open() == 0);
        assertThat(sessions.statuses()).isEmpty();
        assertThat(viewers()).isZero();
    }

    private int viewers() {
        return streams.statuses().get(0).viewers();
    }

    private HttpResponse<String> invite() {
        return post("{\"sdp\": \"\", \"type\": \"offer\"}");
    }

    /** As a browser does that comes late. */
    private HttpResponse<String> answer(String offer) {
        String sdp = new JsonMapper().readTree(offer).path("sdp").asString().replace("a=sendonly", "a=recvonly");
        return post(new JsonMapper().writeValueAsString(Map.of("sdp", sdp, "type", "answer")));
    }

    private HttpResponse<String> post(String json) {
        return api.send("POST", "/offer", json, Map.of("Content-Type", "application/json"));
    }
}
