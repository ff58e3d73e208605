package dev.sightline.bench.lines;

import com.microsoft.playwright.Page;
import dev.sightline.bench.BenchException;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.RelayedPage;
import dev.sightline.testkit.UdpRelay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A page that watches by WHEP, through a relay of its own. Used by one thread. */
final class Viewer implements AutoCloseable {
    private static final String SCRIPTS = "/dev/sightline/transport/webrtc/";
    private static final int LONGEST_MILLIS = 20_000;

    private final UdpRelay relay;
    private final Page page;

    /**
     * Watches, and has seen a picture.
     *
     * @param mediaPort of the server
     */
    Viewer(Browser browser, URI server, int mediaPort, String codec, Impairment first) {
        relay = UdpRelay.to(mediaPort);
        page = browser.page(1280, 800);
        impair(first);
        RelayedPage.lead(page, "**/whep*", relay);
        page.navigate(server.resolve("/api").toString());
        for (String script :
                new String[] {"/dev/sightline/testkit/pattern-number.js", SCRIPTS + "watch.js", SCRIPTS + "age.js"}) {
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(resource(script)));
        }
        page.evaluate("codec => watch('bench', { codec }).then((seen) => void (window.seen = seen))", codec);
        page.waitForFunction(
                "window.seen.shown.length > 0", null, new Page.WaitForFunctionOptions().setTimeout(LONGEST_MILLIS));
    }

    /** What happens from now on to what it gets; what it sends takes as long. */
    void impair(Impairment down) {
        relay.impairDown(down);
        relay.impairUp(Impairment.NONE.delaying(down.delay()));
    }

    /** Lets time pass. */
    void pass(int seconds) {
        page.waitForTimeout(seconds * 1_000.0);
    }

    /** From now on. */
    void begin() {
        page.evaluate("begin(seen)");
    }

    /** Since it began. */
    Looks looks() {
        Map<?, ?> looks = (Map<?, ?>) page.evaluate("looks(seen)");
        return new Looks(number(looks, "fps"), number(looks, "gap"), number(looks, "age"), number(looks, "width"));
    }

    private static int number(Map<?, ?> looks, String name) {
        return looks.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static String resource(String name) {
        try (InputStream script = Viewer.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new BenchException("the server's tests are built without " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        page.close();
        relay.close();
    }

    /** Pictures in the middle second, the longest time without one, how old they were in the middle, and the last one's width. */
    record Looks(int fps, int gapMillis, int ageMillis, int width) {}
}
