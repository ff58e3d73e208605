package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the pages look and what can be done with them, in windows of the usual sizes; one server for all. */
class PagesIT {
    private static final SourceSchemes SCHEMES = new SourceSchemes(List.of(new PatternScheme()));

    /** Single streams of any shape. */
    private static final Map<String, String> SHAPES = Map.of(
            "four3", "640x480", "portrait", "270x480", "ultra", "840x360", "panorama", "960x240", "tiny", "64x48");

    private static final String LONG_NAME = "front-door-camera-with-a-rather-long-name-that-goes-on-and-on-64";

    private static final List<int[]> WINDOWS =
            List.of(new int[] {1280, 800}, new int[] {1366, 768}, new int[] {1920, 1080}, new int[] {390, 844});

    private static final String PARTS = ".tile, .tile .name, .tile .word, .dashboard > header, .dashboard > footer";

    private static final Set<String> CONTROLS = Set.of(
            "button",
            "link",
            "checkbox",
            "combobox",
            "slider",
            "textbox",
            "radio",
            "Video",
            "image",
            "img",
            "dialog",
            "main");

    private static Browser browser;
    private static Site site;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        site = new Site();
        SHAPES.forEach((name, size) -> site.with(name, pattern(size)));
        site.with("cam", pattern("640x360"));
        site.with("cam2", pattern("640x360"));
        site.with("square", pattern("240x240"));
        site.with(LONG_NAME, pattern("640x480"));
        site.with(
                "gone", new BrokenSource("127.0.0.1:9: connection refused: is it switched on, and is the port right?"));
        site.withPublished("me", PipelineRecipe.of(List.of()));
        site.withMirror("booth", PipelineRecipe.of(List.of()));
    }

    private static dev.sightline.source.Source pattern(String size) {
        return SCHEMES.source("pattern:" + size + "@5", SourceOptions.DEFAULTS);
    }

    @AfterAll
    static void close() {
        site.close();
        browser.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void dashboard_oneStreamOfAnyShapeOrSeveral_fitTheWindowWithNameAndState() {
        List<List<String>> sets = new ArrayList<>();
        SHAPES.keySet().forEach(name -> sets.add(List.of(name)));
        sets.add(List.of("portrait", "panorama"));
        sets.add(List.of("cam", "four3", LONG_NAME, "gone"));
        sets.add(List.of(
                "cam",
                "four3",
                "portrait",
                "ultra",
                "panorama",
                "tiny",
                "cam2",
                "square",
                LONG_NAME,
                "gone",
                "me",
                "booth"));
        Page page = browser.page(1280, 800);
        page.addInitScript("{ const { fetch } = window; window.fetch = async (address, options) => {"
                + " const answer = await fetch(address, options);"
                + " if (!`${address}`.endsWith('/api/streams')) return answer;"
                + " const only = (sessionStorage.getItem('only') ?? '').split(/[^\\w-]+/);"
                + " return Response.json((await answer.json()).filter(({ name }) => only.includes(name))); }; }");
        page.navigate(site.address("/health"));
        for (List<String> names : sets) {
            only(page, names);
            page.setViewportSize(1280, 800);
            page.navigate(site.address("/"));
            Await.until("tiles of " + names, () -> is(page, shown(names.size())));
            for (int[] window : WINDOWS) {
                page.setViewportSize(window[0], window[1]);
                String where = names + " in " + window[0] + "x" + window[1];
                Await.until("all inside: " + where, () -> outside(page, PARTS).isEmpty());
                assertThat(misshapen(page)).as(where).isEmpty();
            }
        }
        page.close();
    }

    @Test
    void dashboard_onAPhone_everyStateKeepsItsDotAndIsReadable() {
        Page page = browser.page(320, 568);
        page.navigate(site.address("/"));
        Await.until("tiles", () -> is(page, "document.querySelectorAll('.tile').length === 12"));
        for (int[] window : List.of(new int[] {320, 568}, new int[] {390, 844})) {
            page.setViewportSize(window[0], window[1]);
            for (String word : List.of("connecting…", "reconnecting…", "faces failed, and 2 more")) {
                assertThat(unreadable(page, word))
                        .as("%s in %dx%d", word, window[0], window[1])
                        .isEqualTo(List.of());
            }
        }
        page.close();
    }

    /** The tiles that cannot say this: the dot has shrunk, the word stands outside or is all but gone, or breaks over the picture. */
    private static Object unreadable(Page page, String said) {
        return page.evaluate(
                "said => [...document.querySelectorAll('.tile')].filter(tile => {"
                        + " const [dot, word] = ['.dot', '.word'].map(part => tile.querySelector(part));"
                        + " const over = tile.querySelector('sightline-player').shadowRoot.querySelector('strong');"
                        + " word.textContent = said;"
                        + " over.textContent = said.split(' ')[0];"
                        + " const [of, at, to] = [tile, dot, word].map(one => one.getBoundingClientRect());"
                        + " return at.width < 8 || at.left < of.left || to.right > of.right || to.width < 60"
                        + "  || over.getBoundingClientRect().height > 20; })"
                        + ".map(tile => tile.textContent)",
                said);
    }

    @Test
    void pages_of320Pixels_nothingIsCutOff() {
        Page page = browser.page(320, 568);
        page.navigate(site.address("/live/" + LONG_NAME));
        Await.until("plays", () -> is(page, "document.querySelector('sightline-player').seq > 0"));
        page.keyboard().press("+");
        assertThat(outside(page, "#top > :not([hidden], :empty), #controls *:not(svg, svg *, [hidden])"))
                .isEmpty();
        page.keyboard().press("i");
        assertThat(outside(page, "#details")).isEmpty();
        for (String path : List.of("/", "/publish", "/publish/me", "/publish/booth")) {
            page.navigate(site.address(path));
            Await.until("there", () -> is(page, "document.readyState === 'complete'"));
            assertThat(is(page, "document.documentElement.scrollWidth <= 320"))
                    .as(path)
                    .isTrue();
        }
        page.navigate(site.address("/publish/booth"));
        assertThat(is(page, """
                        [...document.querySelectorAll('#figures dd')].every((figure) => {
                            figure.textContent = '120 fps';
                            return figure.getBoundingClientRect().right <= 320 && figure.scrollWidth <= figure.clientWidth;
                        })""")).as("figures in full").isTrue();
        page.close();
    }

    @Test
    void pages_everyControlAndPicture_hasAName() {
        Page page = browser.page(1280, 800);
        for (String path :
                List.of("/", "/live/cam", "/live/cam?transport=websocket", "/live/nobody", "/publish", "/publish/me")) {
            page.navigate(site.address(path));
            if (path.startsWith("/live/cam")) {
                Await.until("plays", () -> is(page, "document.querySelector('sightline-player').seq > 0"));
                page.keyboard().press("i");
                page.keyboard().press("+");
            }
            JsonArray nodes = page.context()
                    .newCDPSession(page)
                    .send("Accessibility.getFullAXTree")
                    .getAsJsonArray("nodes");
            List<String> nameless = new ArrayList<>();
            for (JsonElement node : nodes) {
                JsonObject one = node.getAsJsonObject();
                String role = text(one, "role");
                if (CONTROLS.contains(role) && text(one, "name").isBlank() && !role.equals("main")) {
                    nameless.add(role + " " + one.get("backendDOMNodeId"));
                }
            }
            assertThat(nameless).as("nameless at %s", path).isEmpty();
            assertThat(nodes.size()).isGreaterThan(5);
        }
        page.close();
    }

    @Test
    void live_keysWithCapsLock_workAndSnapshotIsNamedByStreamAndTime() {
        Page page = browser.page(800, 600);
        page.navigate(site.address("/live/cam"));
        Await.until("plays", () -> is(page, "document.querySelector('sightline-player').seq > 0"));

        page.keyboard().press("I");
        assertThat(page.locator("#details").isVisible()).isTrue();
        Download saved = page.waitForDownload(() -> page.keyboard().press("S"));
        assertThat(saved.suggestedFilename()).matches("cam-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.jpg");
        Await.until("told", () -> page.locator("#notice").textContent().startsWith("saved cam-"));
        page.keyboard().press("C");
        Await.until(
                "copied", () -> page.locator("#notice").textContent().equals("copied " + site.address("/live/cam")));
        page.close();
    }

    @Test
    void live_wheelPinchKeysAndDoubleClick_zoomAboutThePointerAndBack() {
        Page page = browser.page(800, 600);
        page.navigate(site.address("/live/cam"));
        Await.until("plays", () -> is(page, "document.querySelector('sightline-player').seq > 0"));

        page.mouse().move(200, 150);
        page.mouse().wheel(0, -400);
        Await.until("zoomed", () -> page.locator("#zoom").isVisible());
        assertThat(under(page, 200, 150))
                .as("what is under the pointer stays there")
                .isEqualTo("0.250 0.250");
        page.mouse().down();
        page.mouse().move(150, 100);
        page.mouse().up();
        assertThat(under(page, 150, 100)).as("it is dragged along").isEqualTo("0.250 0.250");
        page.mouse().move(400, 300);
        page.mouse().dblclick(400, 300);
        assertThat(page.locator("#zoom").isVisible()).isFalse();
        assertThat(under(page, 150, 100)).isEqualTo("0.188 0.167");

        page.keyboard().press("+");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#zoom").textContent()).isEqualTo("1.3×");
        page.keyboard().press("0");
        assertThat(page.locator("#zoom").isVisible()).isFalse();

        pinch(page);
        assertThat(page.locator("#zoom").textContent()).isEqualTo("2.0×");
        page.close();
    }

    /** Two fingers, twice as far from each other in the end. */
    private static void pinch(Page page) {
        page.evaluate("() => { const player = document.querySelector('sightline-player');"
                + " player.setPointerCapture = () => {};"
                + " const finger = (type, pointerId, clientX) => player.dispatchEvent(new PointerEvent(type,"
                + "  { pointerId, clientX, clientY: 300, pointerType: 'touch', bubbles: true }));"
                + " finger('pointerdown', 11, 350); finger('pointerdown', 12, 450);"
                + " finger('pointermove', 11, 300); finger('pointermove', 12, 500);"
                + " finger('pointerup', 11, 300); finger('pointerup', 12, 500); }");
    }

    /** Which place of the picture, in parts of its size, is at a place of the window. */
    private static Object under(Page page, int x, int y) {
        return page.evaluate("() => { const box = document.querySelector('sightline-player').shadowRoot"
                + " .querySelector('canvas:not([hidden]), video').getBoundingClientRect();"
                + " return ((" + x + " - box.left) / box.width).toFixed(3) + ' ' + ((" + y
                + " - box.top) / box.height).toFixed(3); }");
    }

    @Test
    void theme_chosenOnce_isKeptOnEveryPageAndSlatesAgreeWithIt() {
        Page page = browser.page(1280, 800);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.navigate(site.address("/"));
        String dark = ground(page);
        page.locator(".theme select").selectOption("light");
        String light = ground(page);
        assertThat(light).isNotEqualTo(dark);
        Await.until(
                "no black slate in it",
                () -> is(
                        page,
                        "[...document.querySelectorAll('sightline-player')]"
                                + ".filter(player => player.getAttribute('stream') === 'gone')"
                                + ".every(player => player.telling && getComputedStyle(player.surface).visibility === 'hidden')"));

        page.navigate(site.address("/live/cam"));
        assertThat(ground(page)).isEqualTo(light);
        page.keyboard().press("t");
        assertThat(page.locator(".theme select").inputValue()).isEqualTo("auto");
        assertThat(ground(page)).isEqualTo(dark);
        page.close();
    }

    @Test
    void live_withoutJavaScript_isAPlainImageWithTextBelow() {
        Page page = browser.pageWithoutScript(1280, 800);
        page.navigate(
                site.address("/live/cam"),
                new Page.NavigateOptions().setWaitUntil(com.microsoft.playwright.options.WaitUntilState.COMMIT));
        Await.until(
                "the image plays", () -> is(page, "document.querySelector('.without-script img')?.naturalWidth > 0"));
        assertThat(outside(page, ".without-script img, .without-script p")).isEmpty();
        page.context().close();
    }

    @Test
    void element_onAPageOfAnotherOrigin_saysThatItIsNotAllowed() throws IOException {
        try (Site strict = new Site((origin, host) -> false)) {
            strict.with("cam", pattern("320x240"));
            Page page = browser.page(800, 600);
            page.navigate(site.address("/health"));
            page.evaluate(
                    "address => { const script = document.createElement('script');"
                            + " script.type = 'module'; script.src = address + 'assets/sightline-player.js';"
                            + " document.body.innerHTML = '<sightline-player stream=\"cam\" style=\"width: 640px\"></sightline-player>';"
                            + " document.body.append(script); }",
                    strict.address("/"));

            String origin = site.address("/").replaceFirst("/$", "");
            Await.until(
                    "says so",
                    () -> String.valueOf(page.evaluate("document.querySelector('sightline-player').situation?.text"))
                            .equals("this page’s origin " + origin + " is not in the server’s allowed-origins"));
            assertThat(is(page, "document.querySelector('sightline-player').telling"))
                    .isTrue();
            page.close();
        }
    }

    /** From the next page on, the list has these streams alone. */
    private static void only(Page page, List<String> names) {
        page.evaluate("names => sessionStorage.setItem('only', names)", names.toString());
    }

    private static String shown(int count) {
        return "document.querySelectorAll('.tile').length === " + count
                + " && [...document.querySelectorAll('sightline-player')].every(player => player.hidden || player.seq > 0"
                + " || player.telling)";
    }

    /** What is not all inside the window, or has no size, or is cut off inside. */
    private static List<?> outside(Page page, String selector) {
        return (List<?>) page.evaluate(
                "selector => [...document.querySelectorAll(selector)].filter(one => {"
                        + " const box = one.getBoundingClientRect();"
                        + " return box.width < 1 || box.height < 1 || box.left < -0.5 || box.top < -0.5"
                        + "  || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5; })"
                        + ".map(one => `${one.tagName} ${one.id} ${one.className} ${one.textContent}`)"
                        + ".concat(document.documentElement.scrollWidth > innerWidth ? ['the page is wider'] : [])",
                selector);
    }

    /** Tiles of another shape than their picture. */
    private static List<?> misshapen(Page page) {
        return (List<?>) page.evaluate("[...document.querySelectorAll('.tile sightline-player')].filter(player => {"
                + " const { width, height } = player.canvas, box = player.getBoundingClientRect();"
                + " return !player.hidden && player.situation.word === 'live' && player.seq > 0"
                + "  && Math.abs(box.width / box.height / (width / height) - 1) > 0.04; })"
                + ".map(player => player.getAttribute('stream'))");
    }

    private static String ground(Page page) {
        return (String) page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ground')");
    }

    private static String text(JsonObject node, String key) {
        return node.has(key) && node.getAsJsonObject(key).has("value")
                ? node.getAsJsonObject(key).get("value").getAsString()
                : "";
    }

    private static boolean is(Page page, String expression) {
        return Boolean.TRUE.equals(page.evaluate(expression));
    }
}
