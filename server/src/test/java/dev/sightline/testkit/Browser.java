package dev.sightline.testkit;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Chromium without a window, driven by Playwright over Node.js. All are started, used and closed by one thread.
 */
public final class Browser implements AutoCloseable {
    /** A name that leads here, to which browsers give no camera over plain HTTP. */
    public static final String LAN_NAME = "camera.lan";

    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--host-resolver-rules=MAP " + LAN_NAME + " 127.0.0.1, MAP *.test 127.0.0.1",
            "--use-fake-device-for-media-stream=fps=10",
            // Without it there is no address to offer where only the loopback interface is up.
            "--allow-loopback-in-peer-connection");

    /** The headless shell, in which no pictures are counted, draws in no process of its own, which saves a tenth. */
    private static final String DRAWS_ITSELF = "--in-process-gpu";

    /** Answers in the user's place: yes. */
    private static final String PERMITS = "--use-fake-ui-for-media-stream";

    /** What {@link #start()} gives everybody a profile of: to start one takes seconds of a processor. They end with this process. */
    private static @Nullable Playwright playwright;

    private static com.microsoft.playwright.@Nullable Browser shared;

    private final com.microsoft.playwright.Browser chromium;
    private final BrowserContext context;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private Browser(com.microsoft.playwright.Browser chromium) {
        this.chromium = chromium;
        this.context = chromium.newContext();
    }

    /**
     * A profile of its own in the Chromium that CHROMIUM names, else Debian's, which all in this process share; every page
     * gets its camera, a false one.
     */
    public static Browser start() {
        if (shared == null || !shared.isConnected()) {
            shared = launch(System.getenv(), PERMITS);
        }
        return new Browser(shared);
    }

    /** The same in a Chromium of its own in another environment, with more options. */
    public static Browser start(Map<String, String> environment, String... more) {
        return new Browser(launch(
                environment, Stream.concat(Stream.of(PERMITS), Stream.of(more)).toArray(String[]::new)));
    }

    /** The same, but every page is refused the camera. */
    public static Browser startRefusing() {
        return new Browser(launch(System.getenv(), PERMITS + "=deny"));
    }

    private static com.microsoft.playwright.Browser launch(Map<String, String> environment, String... more) {
        if (playwright == null) {
            playwright = Playwright.create();
        }
        String program = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
        List<String> arguments = new ArrayList<>(OPTIONS);
        arguments.addAll(List.of(more));
        if (program.contains("headless-shell")) {
            arguments.add(DRAWS_ITSELF);
        }
        return playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(Path.of(program))
                        .setArgs(arguments)
                        .setEnv(environment));
    }

    /** A new tab of the given size in CSS pixels, with nothing in it. */
    public Page page(int width, int height) {
        Page page = context.newPage();
        page.setViewportSize(width, height);
        page.onPageError(faults::add);
        return page;
    }

    /** The same in a profile of its own, which runs no scripts; the caller closes its context. */
    public Page pageWithoutScript(int width, int height) {
        Page page = chromium.newContext(new NewContextOptions().setJavaScriptEnabled(false))
                .newPage();
        page.setViewportSize(width, height);
        return page;
    }

    /** Stops Chromium where it is, as a computer does that falls asleep; nothing can be asked of its pages until {@link #wake}. */
    public void sleep() {
        if (chromium == shared) {
            shared = null; // what wakes may be ill: others get another one, and this one ends with its pages
        }
        signal("STOP");
    }

    /** Lets it go on. */
    public void wake() {
        signal("CONT");
    }

    private static void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("chrom"))
                .forEach(process -> command.add(String.valueOf(process.pid())));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the scripts of all pages failed at so far. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        // A request that a test answers, made while its page closes, is one that Playwright cannot answer any more.
        context.pages().forEach(Page::unrouteAll);
        context.close();
        if (chromium != shared) {
            chromium.close();
        }
    }
}
