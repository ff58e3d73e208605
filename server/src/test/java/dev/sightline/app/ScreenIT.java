package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.ProgramFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with nothing given, as a new user starts it, looked at in a real browser. */
class ScreenIT {
    private static final int PICTURES = Boolean.getBoolean("sightline.long") ? 150 : 90;
    private static final double SHARE = 0.9;
    private static final double LATE_MILLIS = 250;
    /** The first frames compete with the page that is still being set up, and with Java's compilers. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    @Tag("pace")
    void demo_inChromium_playsEveryPictureInOrderAndNoneLate() throws Exception {
        Process program = start("--port", "0");
        try (Browser browser = Browser.start()) {
            Page page = browser.page(1280, 800);
            page.navigate(address(program) + "live/demo?transport=websocket");
            page.evaluate("() => {" + script() + """
                     window.shown = [];
                     const player = document.querySelector('sightline-player');
                     const small = new OffscreenCanvas(320, 180).getContext('2d', { willReadFrequently: true });
                     player.addEventListener('picture', ({ detail }) => {
                       small.drawImage(player.canvas, 0, 0, 320, 180);
                       const image = small.getImageData(0, 0, 320, 180);
                       window.shown.push([readPatternNumber(image), detail.seq, player.clock.now() - detail.captureTime]);
                     });
                     window.inStep = (count, share, late) => {
                       const last = window.shown.slice(-count);
                       const span = last.at(-1)?.[1] - last[0]?.[1] + 1;
                       const ages = last.map(([, , age]) => age).sort((one, other) => one - other);
                       return last.length === count && count > share * span && ages[count / 2] < late;
                     };
                    }""");
            Await.until(
                    "nine in ten of the source's frames on the screen, none late",
                    WARM_UP,
                    () -> Boolean.TRUE.equals(
                            page.evaluate("inStep(%d, %s, %s)".formatted(PICTURES, SHARE, LATE_MILLIS))));

            List<Shown> shown = shown(page.evaluate("window.shown"));
            assertThat(shown).allMatch(picture -> picture.painted() == picture.seq());
            assertThat(shown).extracting(Shown::seq).isSorted().doesNotHaveDuplicates();
            assertThat(browser.faults()).isEmpty();
        } finally {
            program.destroy();
            program.waitFor();
        }
    }

    @Test
    void program_toldToEnd_saysHowItWas() throws Exception {
        Process program = start("pattern:320x240@30", "--port", "0");
        BufferedReader said = said(program);
        String line = said.readLine();
        while (line != null && !line.contains("Ctrl+C")) {
            line = said.readLine();
        }
        // By its handle: Process.destroy would close the stream that is still to be read.
        program.toHandle().destroy();
        StringBuilder rest = new StringBuilder();
        for (line = said.readLine(); line != null; line = said.readLine()) {
            rest.append(line);
        }
        assertThat(rest.toString()).matches("Ended after 0:00:\\d\\d: [\\d,]+ frames, .*dropped.*");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ProgramFiles.classPath(),
                "dev.sightline.app.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String address(Process program) throws IOException {
        BufferedReader said = said(program);
        assertThat(said.readLine()).startsWith("This is the demo");
        String line = said.readLine();
        assertThat(line).startsWith("Sightline");
        return line.substring(line.indexOf("http://"));
    }

    private static BufferedReader said(Process program) {
        return new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<Shown> shown(Object rows) {
        List<Shown> shown = new ArrayList<>();
        for (Object row : (List<?>) rows) {
            List<?> cells = (List<?>) row;
            shown.add(new Shown(
                    cells.get(0) == null ? -1 : ((Number) cells.get(0)).longValue(),
                    ((Number) cells.get(1)).longValue()));
        }
        return shown;
    }

    private static String script() throws IOException {
        try (InputStream script = PatternNumber.class.getResourceAsStream("pattern-number.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What was on the screen: the number painted in the picture, and the number it was said to have. */
    private record Shown(long painted, long seq) {}
}
