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

/**
 * A real Chromium without a window, driven by Playwright over Node.js. Started by one thread, used and closed by the
 * same.
 */
public final class Browser implements AutoCloseable {
    /** A name that leads here, to which browsers give no camera over plain HTTP. */
    public static final String LAN_NAME = "camera.lan";

    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--host-resolver-rules=MAP " + LAN_NAME + " 127.0.0.1, MAP *.test 127.0.0.1",
            "--use-fake-device-for-media-stream",
            // Without it there is no address to offer where only the loopback interface is up.
            "--allow-loopback-in-peer-connection");

    /** Answers in the user's place: yes. */
    private static final String PERMITS = "--use-fake-ui-for-media-stream";

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final BrowserContext context;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
        this.context = chromium.newContext();
    }

    /** Starts the Chromium that CHROMIUM names, else Debian's; every page gets its camera, a false one. */
    public static Browser start() {
        return start(System.getenv());
    }

    /** The same in another environment, with more options. */
    public static Browser start(Map<String, String> environment, String... more) {
        List<String> arguments = new ArrayList<>(OPTIONS);
        arguments.add(PERMITS);
        arguments.addAll(List.of(more));
        return start(arguments, environment);
    }

    /** The same, but every page is refused the camera. */
    public static Browser startRefusing() {
        List<String> arguments = new ArrayList<>(OPTIONS);
        arguments.add(PERMITS + "=deny");
        return start(arguments, System.getenv());
    }

    private static Browser start(List<String> arguments, Map<String, String> environment) {
        Playwright playwright = Playwright.create();
        try {
            String program = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
            LaunchOptions options = new LaunchOptions()
                    .setExecutablePath(Path.of(program))
                    .setArgs(arguments)
                    .setEnv(environment);
            return new Browser(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
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
        chromium.close();
        playwright.close();
    }
}
