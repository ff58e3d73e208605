package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The studio in a real browser, with a server whose pipeline it changes. */
class StudioIT {
    private static final String FILE = """
            # the workshop
            http: {port: 0}
            streams:
              # above the door
              cam:
                source: pattern:320x240@15   # for now
                process: [motion: {bottom: 0.9}, clock]   # who moves, and when
            """;

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final Set<String> CONTROLS = Set.of(
            "button",
            "link",
            "checkbox",
            "switch",
            "combobox",
            "slider",
            "textbox",
            "image",
            "img",
            "dialog",
            "application");

    private static Browser browser;

    @TempDir
    private Path folder;

    private LiveServer server;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void open() throws IOException {
        server = LiveServer.start(folder, FILE);
        page = browser.page(1280, 900);
        page.navigate(address("/studio/cam"));
        Await.until("the steps", () -> page.locator(".step").count() == 2);
        Await.until("they can be changed", () -> page.locator("#add").isEnabled());
    }

    @AfterEach
    void close() {
        page.close();
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void threshold_turned_isInTheNextFrames_andUndoTakesItBack() {
        try (WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "cam")) {
            Await.until("motion is found", () -> detections(viewer) > 0);
            openStep("motion");
            page.getByLabel("threshold, slider").press("End");

            Await.until("the API says so", () -> parameter("threshold").asInt() == 254);
            Await.until("no motion is found", () -> detections(viewer) == 0);
            Await.until("said", () -> page.locator("#standing").textContent().startsWith("Unkept changes"));
            assertThat(page.locator("#against option[value=change]").isEnabled())
                    .as("there is a picture before")
                    .isTrue();

            page.locator("#watch").focus();
            page.keyboard().press("Control+z");
            Await.until("as before", () -> parameter("threshold").asInt() == 25);
            Await.until("motion is found again", () -> detections(viewer) > 0);
        }
    }

    @Test
    void invalidValue_isExplainedBesideItsField_andTheOldOneStays() {
        openStep("motion");
        Locator bottom = page.locator("input[id$=-bottom]");
        bottom.fill("5");
        bottom.press("Enter");

        Await.until("explained", () -> "true".equals(bottom.getAttribute("aria-invalid")));
        String said = page.locator("#" + bottom.getAttribute("aria-describedby").split(" ")[0])
                .textContent();
        assertThat(said).startsWith("'bottom' is 0 to 1").contains("It stays at 0.9");
        assertThat(parameter("bottom").asDouble()).isEqualTo(0.9);
        bottom.fill("0.5");
        bottom.press("Enter");
        Await.until("taken", () -> parameter("bottom").asDouble() == 0.5);
        Await.until("no problem is left", () -> bottom.getAttribute("aria-invalid") == null);
    }

    @Test
    void steps_movedByKeyboard_runInTheNewOrder_andItIsSaid() {
        page.locator(".step .name").last().focus();
        page.keyboard().press("Alt+ArrowUp");

        Await.until("the order", () -> server.steps("cam").equals("clock motion"));
        assertThat(page.locator("#spoken").textContent()).isEqualTo("clock is step 1 of 2");
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("clock");
    }

    @Test
    void steps_dragged_runInTheNewOrder() {
        BoundingBox from = page.locator(".grip").last().boundingBox();
        BoundingBox to = page.locator(".grip").first().boundingBox();
        page.mouse().move(from.x + 8, from.y + 8);
        page.mouse().down();
        page.mouse().move(to.x + 8, to.y - 8);
        page.mouse().up();

        Await.until("the order", () -> server.steps("cam").equals("clock motion"));
    }

    @Test
    void step_switchedOff_isLeftOutButKeepsItsPlaceAndValues() throws IOException {
        Locator run = page.getByRole(AriaRole.SWITCH, new GetByRoleOptions().setName("Run motion"));
        run.uncheck();

        Await.until("it is left out", () -> server.steps("cam").equals("clock"));
        assertThat(page.locator(".step .name").allTextContents()).containsExactly("motion", "clock");
        Await.until("can be kept", () -> page.locator("#keep").isEnabled());
        page.locator("#keep").click();
        Await.until("kept", () -> server.config().path("unkept").isEmpty());
        assertThat(server.text()).contains("motion: {bottom: 0.9, enabled: false}");

        page.reload();
        Await.until("it is known", () -> page.locator(".step").count() == 2);
        assertThat(run.isChecked()).isFalse();
        openStep("motion");
        assertThat(page.locator("input[id$=-bottom]").inputValue()).isEqualTo("0.9");
        run.check();
        Await.until("it is back in its place", () -> server.steps("cam").equals("motion clock"));
        assertThat(parameter("bottom").asDouble()).isEqualTo(0.9);
    }

    @Test
    void steps_addedTunedAndKept_areInTheFileWithItsComments() throws IOException {
        page.locator("#add").click();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("flip Mirrors"))
                .click();
        Await.until("it runs", () -> server.steps("cam").equals("motion clock flip"));
        page.locator("select[id$=-direction]").selectOption("both");
        Await.until("can be kept", () -> page.locator("#keep").isEnabled());
        page.locator("#keep").click();

        Await.until("kept", () -> server.config().path("unkept").isEmpty());
        assertThat(server.text())
                .contains(
                        "# the workshop", "# above the door", "# for now", "# who moves, and when", "direction: both");
        Await.until("said", () -> page.locator("#standing").textContent().startsWith("Kept in sightline.yml"));

        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Remove flip"))
                .click();
        Await.until("it is removed", () -> server.steps("cam").equals("motion clock"));
    }

    @Test
    void compared_withBeforeTheFirstStep_isTheSameFrame_andIsMadeOnlyMeanwhile() {
        server.api().send("PUT", "/api/streams/cam/process", "[\"grayscale\"]", JSON);
        Await.until("a gray picture", this::isGray);
        assertThat(unprocessed()).isEmpty();

        page.locator("#reveal").press("End");
        Await.until("its colour", () -> color("document.getElementById('before')") > 50);
        assertThat(page.locator("#other").textContent()).isEqualTo("before the first step");
        String seq = page.locator("#before").getAttribute("data-seq");
        Await.until("another frame, the same one", () -> Boolean.TRUE.equals(page.evaluate("""
                (seq) => {
                    const { seq: shown } = document.getElementById('player');
                    return shown > Number(seq) && Number(document.getElementById('before').dataset.seq) === shown;
                }""", seq)));
        assertThat(unprocessed()).hasSize(1);

        page.locator("#reveal").press("Home");
        Await.until("nothing is made any more", () -> unprocessed().isEmpty());
        assertThat(page.locator("#before").isVisible()).isFalse();
    }

    @Test
    void compared_withBeforeTheLastChange_isTheStillOfThen() {
        Await.until("a picture", () -> Boolean.TRUE.equals(page.evaluate("document.getElementById('player').seq > 0")));
        page.locator("#add").click();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("grayscale Turns"))
                .click();
        Await.until("it runs", this::isGray);
        page.locator("#against").selectOption("change");
        page.locator("#reveal").press("End");

        assertThat(color("document.getElementById('before')")).isGreaterThan(50);
        assertThat(unprocessed()).isEmpty();
    }

    /** The renditions of frames that the pipeline has not seen. */
    private List<String> unprocessed() {
        return server.api().stream("cam")
                .path("renditions")
                .valueStream()
                .map(rendition -> rendition.path("name").asString())
                .filter(name -> name.endsWith("unprocessed"))
                .toList();
    }

    /** Video leaves a little of the colours that were. */
    private boolean isGray() {
        int color = color("document.getElementById('player').canvas");
        return color >= 0 && color < 40;
    }

    /** The greatest difference between two channels of any pixel of a canvas; -1 before the first picture. */
    private int color(String canvas) {
        return (int) page.evaluate("() => { const canvas = " + canvas + """
                ; if (!canvas.width) { return -1; }
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                let most = 0;
                for (let i = 0; i < data.length; i += 4) {
                    most = Math.max(most, Math.abs(data[i] - data[i + 1]), Math.abs(data[i + 1] - data[i + 2]));
                }
                return most;
            }""");
    }

    @Test
    void region_drawnWithMouseAndKeys_isInForce() {
        openStep("motion");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Draw the region of motion on the picture"))
                .click();
        Await.until("a picture", () -> Boolean.TRUE.equals(page.evaluate("document.getElementById('player').seq > 0")));
        BoundingBox screen = page.locator("#screen").boundingBox();
        double width = screen.height * 4 / 3;
        double left = screen.x + (screen.width - width) / 2;
        page.mouse().move(left + width / 4, screen.y + screen.height / 4);
        page.mouse().down();
        page.mouse().move(left + width / 2, screen.y + screen.height / 2);
        page.mouse().up();

        Await.until("drawn", () -> Math.abs(parameter("left").asDouble() - 0.25) < 0.01);
        assertThat(parameter("bottom").asDouble()).isBetween(0.49, 0.51);
        double right = parameter("right").asDouble();
        page.keyboard().press("Shift+ArrowRight");
        Await.until("stretched", () -> parameter("right").asDouble() > right);
        page.keyboard().press("Escape");
        assertThat(page.locator("#pen").isVisible()).isFalse();
    }

    @Test
    void change_inAnotherStudio_isShownAtOnce() {
        try (Browser another = Browser.start();
                Page there = another.page(1280, 900)) {
            there.clock().install();
            there.navigate(address("/studio/cam"));
            Await.until("the steps", () -> there.locator(".step").count() == 2);
            // It never asks by itself any more.
            there.clock().pauseAt(((Number) there.evaluate("Date.now() + 1000")).longValue());
            GetByRoleOptions motion = new GetByRoleOptions().setName("Run motion");
            page.getByRole(AriaRole.SWITCH, motion).uncheck();

            Locator run = there.getByRole(AriaRole.SWITCH, motion);
            Await.until("shown", () -> !run.isChecked());
            Await.until("told", () -> there.locator("#notice").textContent().contains("changed elsewhere"));
            Await.until("to be kept", () -> there.locator("#keep").isEnabled());
        }
    }

    @Test
    void change_fromElsewhere_withoutEvents_isShownAllTheSame() {
        page.route("**/api/events", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        page.reload();
        Await.until("the steps", () -> page.locator(".step").count() == 2);
        server.api().send("PUT", "/api/streams/cam/process", "[\"blur\"]", JSON);

        Await.until("shown", () -> page.locator(".step .name").allTextContents().equals(List.of("blur")));
        Await.until("to be kept", () -> page.locator("#keep").isEnabled());
    }

    @Test
    void studio_atAnotherNameOfTheServer_isReadOnlyAndSaysWhy() throws IOException {
        server.save(FILE.replace("port: 0", "port: 0, allowed-hosts: ['*']"));
        Await.until("it is in force", () -> server.config().path("revision").asInt() > 1);
        page.navigate(address("/studio/cam").replace("127.0.0.1", Browser.LAN_NAME));

        assertThat(page.locator("#against option[value=steps]").isDisabled()).isTrue();
        Await.until(
                "said",
                () -> page.locator("#standing")
                        .textContent()
                        .startsWith("You can only look: changes are accepted only at localhost"));
        openStep("motion");
        assertThat(page.locator("#add, #keep, #undo, .grip, .step input, .step .remove")
                        .all())
                .allMatch(Locator::isDisabled);
    }

    @Test
    void addAStream_patternProbedNamedAndKept_isOnTheDashboardAndInTheFile() throws IOException {
        page.navigate(address("/"));
        page.locator("#add").click();
        page.locator("#add-kind").selectOption("pattern");
        page.locator("#add-address").fill("pattern:160x120@15");
        page.locator("#add-probe").click();
        Await.until("probed", () -> page.locator("#add-found").textContent().startsWith("160 × 120, "));
        Await.until(
                "its picture",
                () -> Boolean.TRUE.equals(
                        page.evaluate("document.getElementById('add-picture').naturalWidth === 160")));
        assertThat(page.locator("#add-name").inputValue()).isEqualTo("pattern");
        page.locator("#add-name").fill("cam");
        assertThat(page.locator("#add-name-problem").textContent()).contains("already");
        page.locator("#add-name").fill("door");
        page.locator("#add-do").click();

        Await.until("added", () -> server.streams().equals("cam door"));
        Await.until("shown", () -> page.locator(".tile").count() == 2);
        assertThat(server.text()).contains("# above the door", "door:", "pattern:160x120@15");
        assertThat(page.locator(".to-studio").last().getAttribute("href")).endsWith("/studio/door");
    }

    @Test
    void addAStream_sourceThatIsNotThere_isExplainedInWords() {
        page.navigate(address("/"));
        page.locator("#add").click();
        page.locator("#add-kind").selectOption("file");
        page.locator("#add-address").fill("nowhere.mp4");
        page.locator("#add-probe").click();

        Await.until("explained", () -> page.locator("#add-why").textContent().contains("nowhere.mp4"));
        assertThat(page.locator("#add-found").textContent()).isEqualTo("No picture comes.");
    }

    @Test
    void onAPhone_everyControlHasAName_andNothingIsWiderThanTheScreen() {
        page.setViewportSize(360, 740);
        openStep("motion");
        List<String> nameless = new ArrayList<>();
        for (JsonElement node : page.context()
                .newCDPSession(page)
                .send("Accessibility.getFullAXTree")
                .getAsJsonArray("nodes")) {
            JsonObject one = node.getAsJsonObject();
            if (CONTROLS.contains(text(one, "role")) && text(one, "name").isBlank()) {
                nameless.add(text(one, "role") + " " + one.get("backendDOMNodeId"));
            }
        }
        assertThat(nameless).isEmpty();
        Await.until("live", () -> page.locator("#word").textContent().equals("live"));
        assertThat(page.locator("#picture").ariaSnapshot())
                .contains("before the first step", "Dropped")
                .doesNotContain("connecting");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        assertThat((List<?>) page.evaluate("[...document.querySelectorAll('.step button, .step input, .step select')]"
                        + ".filter((one) => one.getBoundingClientRect().right > 360).map((one) => one.id)"))
                .isEmpty();
    }

    private static String text(JsonObject node, String member) {
        return node.has(member) ? node.getAsJsonObject(member).get("value").getAsString() : "";
    }

    private void openStep(String name) {
        page.locator(".step .name").getByText(name).click();
    }

    /** A parameter of the first step as it is in force. */
    private JsonNode parameter(String key) {
        return server.api()
                .json("/api/streams/cam/process/0")
                .path("parameters")
                .path(key);
    }

    private static int detections(WebSocketViewer viewer) {
        WebSocketViewer.Shown shown = viewer.awaitPicture(
                viewer.latest().map(WebSocketViewer.Shown::seq).orElse(0L));
        return shown.header().path("metadata").path("detections").size();
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.address().getPort() + path;
    }
}
