package dev.sightline.transport.webrtc;

import com.microsoft.playwright.Page;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A page of nobody's in Chromium, with the scripts of {@code watch.js} in it. Used by one thread. */
final class WatchPage implements AutoCloseable {
    private final Page page;

    private WatchPage(Page page) {
        this.page = page;
    }

    /** One of a server's origin. */
    static WatchPage open(Browser browser, URI server) {
        Page page = browser.page(1280, 800);
        page.navigate(server.resolve("/api").toString());
        return new WatchPage(page)
                .with("/dev/sightline/testkit/pattern-number.js")
                .with("watch.js");
    }

    /** The same with one script more. */
    WatchPage with(String script) {
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(resource(script)));
        return this;
    }

    Page page() {
        return page;
    }

    /** Begins to watch a stream, and waits for the first picture. */
    WatchPage watch(String stream, String codec) {
        page.evaluate(
                "([stream, codec]) => watch(stream, { codec }).then((seen) => void (window.seen = seen))",
                new String[] {stream, codec});
        await("a picture", "seen.shown.length > 0");
        return this;
    }

    /** Waits until a condition of the page's holds. */
    void await(String what, String condition) {
        await(what, Duration.ofSeconds(30), condition);
    }

    /** Waits so long at most. */
    void await(String what, Duration patience, String condition) {
        Await.until(what, patience, () -> Boolean.TRUE.equals(page.evaluate(condition)));
    }

    /** How far a stream and what is shown of it have come. */
    Progress progress(String stream) {
        return new Progress(numbers("stream => progress(seen, stream)", stream));
    }

    /** What happens in a span of time, beginning now. */
    Progress during(Duration span, String stream) {
        Progress before = progress(stream);
        page.waitForTimeout(span.toMillis());
        return progress(stream).since(before);
    }

    /** How many pictures were painted in the middle one of all whole seconds since a moment. */
    int middleSecond(Progress since) {
        return (Integer) page.evaluate(
                "from => median(perSecond(seen.shown.slice(from)))",
                since.counts().get("painted"));
    }

    /** How the pictures shown so far agree with what the metadata say of them. */
    Agreement agreement() {
        return new Agreement(numbers("() => agreement(seen)", ""));
    }

    @Override
    public void close() {
        page.close();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Number> numbers(String script, String argument) {
        return (Map<String, Number>) page.evaluate(script, argument);
    }

    private static String resource(String name) {
        try (InputStream script = WatchPage.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code agreement} of {@code watch.js} counts. */
    record Agreement(Map<String, Number> counts) {

        int of(String name) {
            return counts.get(name).intValue();
        }

        double share(String name) {
            return of(name) / (double) of("judged");
        }

        double fps() {
            return of("judged") * 1000.0 / counts.get("span").doubleValue();
        }
    }

    /** What {@code progress} of {@code watch.js} counts. */
    record Progress(Map<String, Number> counts) {

        Progress since(Progress before) {
            Map<String, Number> since = new HashMap<>();
            counts.forEach((name, count) -> since.put(
                    name,
                    name.equals("width")
                            ? count
                            : count.doubleValue() - before.counts.get(name).doubleValue()));
            return new Progress(since);
        }

        double of(String name) {
            return counts.get(name).doubleValue();
        }

        /** The share of the source's pictures that were decoded and handed on to be shown. */
        double shown() {
            return (of("decoded") - of("dropped")) / of("source");
        }

        /** The share of the time in which a picture stood longer than it should. */
        double frozen() {
            return of("frozenMillis") / of("millis");
        }
    }
}
