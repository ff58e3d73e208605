package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.TimeoutError;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scripts in every text that users, sources and processors give, on every page: they are shown, and none runs. A page that puts them
 * in as they are proves that one would be noticed.
 */
class XssIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final List<String> PAYLOADS = payloads();

    /** How many stand in one text. */
    private static final int GROUP = 5;

    private static final List<String> TEXTS = groups(GROUP);

    /** Before any script of a page: counts what runs, and what the page's policy had to stop. */
    private static final String WATCH = """
            (() => {
                const said = (what) => window.top.said?.push(what);
                if (window === window.top) window.said = [];
                window.xss = (number) => said(`ran ${number}`);
                for (const box of ['alert', 'confirm', 'prompt']) window[box] = () => said(`ran ${box}`);
                document.addEventListener('securitypolicyviolation', (event) => said(`stopped ${event.violatedDirective} ${event.sample}`));
            })()""";

    /** Every text of a document, in shadows, frames, attributes and fields too; and elements that came from a text. */
    private static final String READ = """
            window.read = (root, found = { text: '', made: [] }) => {
                for (const node of root.childNodes) {
                    if (node.nodeType === Node.TEXT_NODE) found.text += node.data;
                    if (node.nodeType !== Node.ELEMENT_NODE) continue;
                    for (const { name, value } of node.attributes) {
                        if (/^on/i.test(name) || /^\\s*javascript:/i.test(value)) found.made.push(node.outerHTML);
                        found.text += ` ${value} `;
                    }
                    if (typeof node.value === 'string') found.text += ` ${node.value} `;
                    if (node.localName === 'script' && node.textContent.includes('xss(')) found.made.push(node.outerHTML);
                    read(node, found);
                    if (node.shadowRoot) read(node.shadowRoot, found);
                    if (node.contentDocument) read(node.contentDocument, found);
                }
                return found;
            }""";

    @TempDir
    private static Path folder;

    private static LiveServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        Files.write(folder.resolve("texts.txt"), TEXTS);
        Files.writeString(folder.resolve("Echo.java"), ECHO.replace("FILE", folder.resolve("texts.txt") + ""));
        Files.writeString(folder.resolve("Fails.java"), FAILS.replace("FILE", folder.resolve("texts.txt") + ""));
        server = LiveServer.start(folder, configuration());
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    /** Says every payload in metadata: labels, ids, overlay, keys and values. */
    private static final String ECHO = """
            import dev.sightline.frame.*;
            import java.util.*;
            public final class Echo implements dev.sightline.processor.FrameProcessor {
                private final List<String> all;
                public Echo() throws java.io.IOException {
                    all = java.nio.file.Files.readAllLines(java.nio.file.Path.of("FILE"));
                }
                public void process(Frame frame) {
                    String text = all.get((int) (frame.seq() % all.size()));
                    frame.metadata().add(new Detection(text, 0.9, new Box(0.1, 0.1, 0.5, 0.5), Optional.of(text)));
                    frame.metadata().put(text, Map.of(text, List.of(text)));
                    frame.metadata().put("overlay", List.of(Map.of("type", "text", "text", text, "at", List.of(0.5, 0.5))));
                }
            }
            """;

    /** Fails with each payload in turn. */
    private static final String FAILS = """
            public final class Fails implements dev.sightline.processor.FrameProcessor {
                private static final java.util.concurrent.atomic.AtomicInteger NEXT = new java.util.concurrent.atomic.AtomicInteger();
                private final String text;
                public Fails() throws java.io.IOException {
                    java.util.List<String> all = java.nio.file.Files.readAllLines(java.nio.file.Path.of("FILE"));
                    text = all.get(NEXT.getAndIncrement() % all.size());
                }
                public void process(dev.sightline.frame.Frame frame) {
                    throw new IllegalStateException(text);
                }
            }
            """;

    /** Streams whose sources have payloads in their names, and others whose processors fail with them. */
    private static String configuration() {
        StringBuilder text = new StringBuilder("http: {port: 0}\nprocessors: [./Echo.java, ./Fails.java]\nstreams:\n"
                + "  cam: {source: 'pattern:160x120@15', process: [echo, clock]}\n  me: {source: 'publish:'}\n");
        for (int i = 0; i < TEXTS.size(); i++) {
            text.append("  p" + i + ": {source: " + quoted("./x" + TEXTS.get(i) + ".mp4") + "}\n");
            text.append("  f" + i + ": {source: 'pattern:64x48@5', process: [fails]}\n");
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static List<String> payloads() {
        try (var file = XssIT.class.getResourceAsStream("xss-payloads.txt")) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return IntStream.range(0, lines.size())
                    .mapToObj(i -> lines.get(i).replace("xss()", "xss(" + i + ")"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> groups(int size) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < PAYLOADS.size(); i += size) {
            groups.add(String.join(" ", PAYLOADS.subList(i, Math.min(i + size, PAYLOADS.size()))));
        }
        return groups;
    }

    /** What a page says and made of the payloads. */
    private record Seen(Set<Integer> shown, List<String> said, List<String> made) {
        void assertHarmless(String what) {
            assertThat(said)
                    .as("%s: what ran, or was stopped by the page's policy only", what)
                    .isEmpty();
            assertThat(made).as("%s: elements made of texts", what).isEmpty();
        }
    }

    private static Page page() {
        Page page = browser.page(640, 480); // a larger one takes more of a processor to paint
        page.addInitScript(WATCH);
        page.addInitScript(READ);
        return page;
    }

    private static Seen seen(Page page) {
        @SuppressWarnings("unchecked")
        Map<String, Object> found = (Map<String, Object>) page.evaluate(
                "() => { const { text, made } = read(document); return { text, made, said: window.said }; }");
        String text = String.valueOf(found.get("text"));
        Set<Integer> shown = new LinkedHashSet<>();
        for (int i = 0; i < PAYLOADS.size(); i++) {
            if (text.contains("xss(" + i + ")") || text.contains(PAYLOADS.get(i))) {
                shown.add(i);
            }
        }
        return new Seen(shown, strings(found.get("said")), strings(found.get("made")));
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static Page open(String path) {
        Page page = page();
        page.navigate(server.address().resolve("/") + path);
        return page;
    }

    /** Waits until the page shows as many of the payloads. */
    private static void await(Page page, int shown) {
        String count =
                "() => new Set([...read(document).text.matchAll(/xss\\((\\d+)\\)/g)].map((each) => each[1])).size >= "
                        + shown;
        assertThatCode(() -> page.waitForFunction(
                        count,
                        null,
                        new WaitForFunctionOptions().setTimeout(10_000).setPollingInterval(100)))
                .as(
                        "%s shows %d of them, it shows %s",
                        page.url(), shown, seen(page).shown())
                .doesNotThrowAnyException();
    }

    /** One that has no call to be found by: it is encoded. */
    private static int most() {
        return (int) PAYLOADS.stream().filter(each -> each.contains("xss(")).count();
    }

    @Test
    void payloads_onAPageThatIsNotCareful_run() {
        assertThat(PAYLOADS).hasSizeGreaterThanOrEqualTo(60);
        String address = server.address() + "careless";
        Set<String> ran = new LinkedHashSet<>();
        for (String text : groups(10)) {
            Page page = page();
            String body = "<!doctype html><div>" + text.replace(" <", "</div><div><") + "</div>";
            page.route(
                    address,
                    route -> route.fulfill(
                            new FulfillOptions().setContentType("text/html").setBody(body)));
            page.navigate(address);
            page.waitForTimeout(300);
            ran.addAll(seen(page).said());
            page.close();
        }
        assertThat(ran)
                .as("the watch notices what runs")
                .hasSizeGreaterThan(20)
                .allMatch(each -> each.startsWith("ran "));
    }

    @Test
    void sourcesAndFailures_onTheDashboard_runNothing() {
        Page page = open("");
        await(page, 45); // a long reason is cut
        Seen seen = seen(page);
        page.close();
        seen.assertHarmless("the dashboard");
    }

    @Test
    void mistakesOfTheConfiguration_onTheDashboard_runNothing() throws IOException {
        Page page = open("");
        try {
            for (int i = 0; i < PAYLOADS.size(); i += 7) { // eight are listed
                String mark = "no name " + i;
                StringBuilder broken = new StringBuilder(configuration());
                broken.append("  " + mark + ": {source: 'pattern:64x48@1'}\n");
                for (String payload : PAYLOADS.subList(i, Math.min(i + 7, PAYLOADS.size()))) {
                    broken.append("  " + quoted(payload) + ": {source: 'pattern:64x48@1'}\n");
                }
                server.save(broken.toString());
                page.waitForFunction(
                        "(mark) => document.getElementById('configuration').textContent.includes(`'${mark}'`)", mark);
                Seen seen = seen(page);
                seen.assertHarmless("the dashboard");
                assertThat(seen.shown()).as("shown of the mistakes").contains(i);
            }
        } finally {
            server.save(configuration());
            page.close();
        }
    }

    @Test
    void metadata_onThePlayersPageAndInTheStudio_runNothing() {
        for (String path : List.of("live/cam", "studio/cam", "live/cam?transport=mjpeg")) {
            Page page = open(path);
            awaitPictures(page, 0);
            page.keyboard().press("b");
            page.keyboard().press("i");
            awaitPictures(page, 2 * TEXTS.size()); // each was in two frames
            Seen seen = settled(page);
            page.close();
            seen.assertHarmless(path);
        }
    }

    /** Waits until the page has shown more pictures than those. */
    private static void awaitPictures(Page page, int more) {
        int shown = (Integer) page.evaluate("document.querySelector('sightline-player')?.seq ?? 0");
        page.waitForFunction("(seq) => document.querySelector('sightline-player')?.seq > seq", shown + more);
    }

    /** In the short run half of them here, and half of them there. */
    @Test
    void failuresOfProcessors_inTheStudioAndBelowThePicture_runNothing() {
        List<String> names = named("f");
        visit("studio/", everyOther(names, 0));
        visit("live/", everyOther(names, 1));
    }

    @Test
    void sources_onThePageOfTheirStream_runNothing() {
        visit("live/", everyOther(named("p"), 0));
    }

    /** Every other one; in the long run all. */
    private static List<String> everyOther(List<String> names, int first) {
        return IntStream.range(0, names.size())
                .filter(i -> LONG || i % 2 == first)
                .mapToObj(names::get)
                .toList();
    }

    /** In the short run half of them on each page. */
    @Test
    void unknownNames_onEveryPageOfAStream_runNothing() {
        List<String> names = LONG ? TEXTS : groups(4 * GROUP);
        int turn = 0;
        for (String path : List.of("live/", "studio/", "publish/")) {
            visit(path, everyOther(names.stream().map(XssIT::encoded).toList(), turn++ % 2));
        }
    }

    /** In the short run each part of an address has a quarter of the payloads, of the next page's another one. */
    @Test
    void addressesOfPages_runNothing() {
        Page page = page();
        List<String> odd = groups(20).stream().map(XssIT::encoded).toList();
        int turn = 0;
        for (String path : List.of("", "live/cam", "studio/cam", "publish/me", "publish", "login", "share")) {
            for (int i = 0; i < (LONG ? odd.size() : 1); i++, turn++) {
                page.navigate(server.address().resolve("/") + path + "?transport=" + of(odd, turn) + "&boxes="
                        + of(odd, turn + 1) + "&stream=" + of(odd, turn + 2) + "&to=" + of(odd, turn + 3) + "#"
                        + of(odd, turn));
                settled(page).assertHarmless(path);
            }
        }
        page.close();
    }

    private static String of(List<String> texts, int number) {
        return texts.get(number % texts.size());
    }

    /** The page of every stream of these names; as many payloads as pages are to be seen on all of them, or more. */
    private static void visit(String path, List<String> names) {
        Set<Integer> all = new LinkedHashSet<>();
        Page page = page();
        for (String name : names) {
            page.navigate(server.address().resolve("/") + path + name);
            awaitBriefly(page);
            Seen seen = settled(page);
            seen.assertHarmless(path + name);
            all.addAll(seen.shown());
        }
        page.close();
        assertThat(all).as("shown at %s", path).hasSizeGreaterThanOrEqualTo(names.size());
    }

    /** Until a payload is shown, or long enough for one. */
    private static void awaitBriefly(Page page) {
        try {
            page.waitForFunction(
                    "() => read(document).text.includes('xss(')",
                    null,
                    new WaitForFunctionOptions().setTimeout(700).setPollingInterval(50));
        } catch (TimeoutError none) {
            // Some reasons name no source.
        }
    }

    /** What a page says and made, as soon as what texts could have begun has run: it was loaded, or not, and repainted twice. */
    private static Seen settled(Page page) {
        page.evaluate("""
                async () => {
                    await new Promise((failed) => Object.assign(new Image(), { onerror: failed, src: '/no-such-image' }));
                    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
                    await new Promise((later) => setTimeout(later, 100));
                }""");
        return seen(page);
    }

    /** The streams of that letter, one for each text. */
    private static List<String> named(String letter) {
        return IntStream.range(0, TEXTS.size()).mapToObj(i -> letter + i).toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
