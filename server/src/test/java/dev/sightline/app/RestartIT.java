package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.ProgramFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program killed or stopped in order under open pages, and started again. */
class RestartIT {
    private static final Logger LOG = LoggerFactory.getLogger(RestartIT.class);

    private static final boolean LONG = Boolean.getBoolean("sightline.long");

    /**
     * From the first answer of the new program to pictures on every page: what is promised of {@code ./sightline}, and
     * enough for a program without the launcher's archive of classes.
     */
    private static final Duration AGAIN = Duration.ofSeconds(LONG ? 2 : 10);

    private static final int ROUNDS = LONG ? 20 : 2;

    private static final String[] STREAMS = {
        "pattern=pattern:320x240@30", "me=publish:", "mine=mirror:", "--process", "grayscale"
    };

    private static final String LAUNCHER =
            Path.of("..", "sightline").toAbsolutePath().normalize().toString();

    private final List<Process> programs = new ArrayList<>();
    private final List<Duration> afterwards = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        programs.forEach(Process::destroyForcibly);
    }

    @Test
    @Tag("pace")
    void pages_programStoppedAndStarted_playAgainByThemselves() throws Exception {
        String address = start("0");
        try (Browser browser = Browser.start()) {
            Page watching = browser.page(640, 480);
            watching.navigate(address + "live/pattern");
            List<Page> pages = List.of(watching, sending(browser, address, "me"), sending(browser, address, "mine"));
            Await.until("all play", () -> pages.stream().allMatch(RestartIT::plays));

            for (int round = 0; round < ROUNDS; round++) {
                Process program = programs.get(round);
                pages.forEach(RestartIT::listen);
                if (round % 2 == 0) {
                    program.destroyForcibly();
                } else {
                    program.toHandle().destroy();
                }
                assertThat(program.waitFor()).isEqualTo(round % 2 == 0 ? 137 : 0);
                Await.until("all say so", () -> pages.stream().allMatch(RestartIT::saysAway));
                startedAgain(address, pages);
                assertThat(pages)
                        .extracting(RestartIT::heard)
                        .allSatisfy(words -> assertThat(words)
                                .as("what pages said meanwhile")
                                .doesNotContain("unknown", "ended", "1970"));
            }
            if (LONG) {
                Page sending = pages.get(1);
                Await.until(
                        "the camera is sent as video again",
                        Duration.ofSeconds(60),
                        () -> sending.locator("#line").textContent().startsWith("WebRTC"));
            }
            assertThat(browser.faults()).isEmpty();
        }
        LOG.info("from the first answer until all pages played: {}", afterwards);
    }

    private void startedAgain(String address, List<Page> pages) throws IOException {
        assertThat(start(String.valueOf(URI.create(address).getPort()))).isEqualTo(address);
        assertThat(new Api(URI.create(address)).json("/health")).isNotEmpty(); // it answers
        long answered = System.nanoTime();
        Await.until("all play again", AGAIN, () -> pages.stream().allMatch(RestartIT::plays));
        afterwards.add(Duration.ofNanos(System.nanoTime() - answered));
    }

    /** Collects every word and story from now on. */
    private static void listen(Page page) {
        page.evaluate("""
                () => {
                    window.said = [];
                    clearInterval(window.listening);
                    window.listening = setInterval(() => window.said.push(
                            document.getElementById('word').textContent + document.getElementById('story').textContent), 20);
                }""");
    }

    private static String heard(Page page) {
        return String.valueOf(page.evaluate("() => [...new Set(window.said)].join('; ')"));
    }

    private static boolean saysAway(Page page) {
        return page.locator("#word").textContent().equals("reconnecting…");
    }

    private static Page sending(Browser browser, String address, String name) {
        Page page = browser.page(640, 480);
        page.navigate(address + "publish/" + name);
        page.locator("#start").click();
        return page;
    }

    private static boolean plays(Page page) {
        return page.locator("#word").textContent().equals("live");
    }

    private static List<String> java() {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        java.addAll(ProgramFiles.archive());
        java.addAll(List.of("-cp", ProgramFiles.classPath(), "dev.sightline.app.Main"));
        return java;
    }

    /** Starts the program and waits until it answers. @return its address */
    private String start(String port) throws IOException {
        List<String> command = new ArrayList<>(LONG ? List.of(LAUNCHER) : java());
        command.addAll(List.of(STREAMS));
        command.addAll(List.of("--port", port));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SIGHTLINE_BUILD", "auto");
        Process program = builder.start();
        programs.add(program);
        String line =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return line.substring(line.indexOf("http://"));
    }
}
