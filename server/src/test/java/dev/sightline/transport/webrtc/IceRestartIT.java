package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.RelayedPage;
import dev.sightline.testkit.UdpRelay;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chromium trickles its candidates and restarts ICE, by pages that do it as the standards say. */
class IceRestartIT {
    private static final int SOME = 40;

    private static Browser browser;
    private SightlineServer server;
    private Api api;
    private UdpRelay before;
    private UdpRelay after;
    private WatchPage page;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void start() {
        server = Sightline.server().port(0).stream("demo", stream -> stream.source("pattern:320x180@15")).stream(
                        "me", stream -> stream.source("publish:"))
                .start();
        api = new Api(server.address());
        before = UdpRelay.to(api.mediaPort());
        after = UdpRelay.to(api.mediaPort());
        page = WatchPage.open(browser, server.address()).with("whip.js").with("ice.js");
    }

    @AfterEach
    void stop() {
        page.close();
        after.close();
        before.close();
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void candidates_afterTheOffer_areWelcome() {
        page.watch("demo", "vp8");
        page.await("they are known", "seen.candidates.at(-1) === null && seen.candidates.length > 1");
        assertThat(page.page().evaluate("trickle(seen)")).isEqualTo(204);
        plays();
    }

    /** The old way is dead, so that pictures come by the new one alone. */
    @Test
    void watching_restart_playsOnByAnotherWayInTheSameSession() {
        lead("whep");
        page.watch("demo", "vp8");
        Map<String, Object> old = way("seen");
        assertThat(old.get("port")).isEqualTo(before.port());
        int number = session();

        before.impair(Impairment.CUT);
        assertThat(page.page().evaluate("restart(seen)")).isEqualTo(200);
        plays();
        isAnotherWay(old, way("seen"));
        assertThat(session()).isEqualTo(number);
        page.await("they are known", "seen.candidates.at(-1) === null");
        assertThat(page.page().evaluate("trickle(seen)")).isEqualTo(204);
        assertThat(page.page().evaluate("agreement(seen).older")).isEqualTo(0);
    }

    @Test
    void sending_restart_sendsOnByAnotherWayInTheSameSession() {
        lead("whip");
        page.page().evaluate("send('me').then((sent) => void (window.sent = sent))");
        Await.until("pictures", () -> frames() > SOME);
        Map<String, Object> old = way("sent");
        assertThat(old.get("port")).isEqualTo(before.port());
        int number = session();

        before.impair(Impairment.CUT);
        assertThat(page.page().evaluate("restart(sent, '*')")).isEqualTo(200);
        long frames = frames();
        Await.until("pictures again", () -> frames() > frames + SOME);
        isAnotherWay(old, way("sent"));
        assertThat(session()).isEqualTo(number);
        assertThat(api.stream("me").path("state").asString()).isEqualTo("LIVE");
    }

    private void lead(String kind) {
        RelayedPage.lead(page.page(), "**/" + kind + "*", before);
        RelayedPage.lead(page.page(), "**/" + kind + "/*", after);
    }

    private void plays() {
        page.page().evaluate("window.before = seen.shown.length");
        page.await("pictures", "seen.shown.length > before + " + SOME);
    }

    private void isAnotherWay(Map<String, Object> old, Map<String, Object> now) {
        assertThat(now.get("port")).isEqualTo(after.port());
        assertThat(now.get("ufrag")).isNotEqualTo(old.get("ufrag"));
        assertThat(now.get("remote")).isNotEqualTo(old.get("remote"));
        assertThat(now.get("pair")).isNotEqualTo(old.get("pair"));
        assertThat(now.get("ssrc")).isEqualTo(old.get("ssrc"));
    }

    private int session() {
        assertThat(api.sessions()).hasSize(1);
        return api.sessions().get(0).path("session").asInt();
    }

    private long frames() {
        return api.stream("me").path("frames").asLong();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> way(String session) {
        return (Map<String, Object>) page.page().evaluate("way(" + session + ")");
    }
}
