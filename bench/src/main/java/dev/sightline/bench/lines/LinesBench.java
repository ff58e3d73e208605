package dev.sightline.bench.lines;

import com.microsoft.playwright.PlaywrightException;
import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.BenchException;
import dev.sightline.bench.Child;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Table;
import dev.sightline.bench.lines.Line.Phase;
import dev.sightline.bench.lines.Line.Wanted;
import dev.sightline.bench.lines.Viewer.Looks;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code ./bench/lines}: one viewer after the other in Chromium, each behind a line of its own, beside one
 * behind a good line, and prints how many pictures they saw, how long none, how old, and how large.
 */
@Command(
        name = "bench/lines",
        description = "Measures what viewers in Chromium see by WebRTC behind thin, lossy and far lines.")
public final class LinesBench implements Callable<Integer> {
    private static final long LONGEST_START_SECONDS = 60;

    @Option(
            names = "--codec",
            split = ",",
            paramLabel = "NAME",
            description = "Which codecs (${DEFAULT-VALUE}).",
            defaultValue = "vp8,h264")
    private List<String> codecs = List.of();

    @Option(
            names = "--line",
            split = ",",
            paramLabel = "NAME",
            description = "Which lines: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<Line> lines = List.of(Line.values());

    @Option(
            names = "--beside",
            paramLabel = "FOLDER",
            description = "Another checkout, built, each of whose rows follows that of this one.")
    private Optional<Path> other = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "What is watched (${DEFAULT-VALUE}).",
            defaultValue = "pattern:640x480@30")
    private String source = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /** Takes the arguments of {@code ./bench/lines}. */
    public static void main(String... arguments) {
        BenchCommand.run(new LinesBench(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(System.getProperty("sightline.home", "."));
        System.out.println("Machine: " + Machine.describe() + ", Chromium on it too, " + source + "\n");
        Table table = new Table("line", "checkout", "codec", "fps", "longest gap, ms", "age, ms", "width", "wanted");
        try (Browser browser = Browser.start()) {
            for (Line line : lines) {
                for (String codec : codecs) {
                    measure(table, "this", home, browser, line, codec);
                    if (other.isPresent()) {
                        measure(table, "other", other.get(), browser, line, codec);
                    }
                }
            }
        } catch (PlaywrightException e) {
            throw new BenchException("Chromium: " + e.getMessage(), e);
        }
        table.print(System.out);
        return 0;
    }

    private void measure(Table table, String name, Path checkout, Browser browser, Line line, String codec)
            throws IOException {
        System.err.println("measuring: " + line.description() + ", " + codec + ", " + line.seconds() + " s, " + name);
        Path log = Files.createDirectories(checkout.resolve("bench/target")).resolve("lines.log");
        List<String> command = List.of(checkout.resolve("sightline").toString(), "bench=" + source, "--port", "0");
        try (Child sightline = Child.start("sightline", log.toFile(), Map.of(), command)) {
            String greeting = sightline.await(text -> text.contains("Open  http://"), LONGEST_START_SECONDS);
            URI server =
                    URI.create(greeting.substring(greeting.indexOf("http://")).strip());
            int mediaPort = new Api(server).mediaPort();
            try (Viewer beside = new Viewer(
                            browser,
                            server,
                            mediaPort,
                            codec,
                            Line.GOOD.phases().get(0).down());
                    Viewer viewer = new Viewer(
                            browser,
                            server,
                            mediaPort,
                            codec,
                            line.phases().get(0).down())) {
                beside.begin();
                watch(table, name, line, codec, viewer);
                row(table, "beside it", name, codec, beside.looks(), Wanted.NOTHING);
            }
        }
    }

    private static void watch(Table table, String name, Line line, String codec, Viewer viewer) {
        for (Phase phase : line.phases()) {
            viewer.impair(phase.down());
            viewer.begin();
            viewer.pass(phase.seconds());
            if (phase.judged()) {
                row(
                        table,
                        (line.description() + " " + phase.name()).strip(),
                        name,
                        codec,
                        viewer.looks(),
                        phase.wanted());
            }
        }
    }

    private static void row(Table table, String what, String name, String codec, Looks looks, Wanted wanted) {
        table.row(
                what,
                name,
                codec,
                Integer.toString(looks.fps()),
                Integer.toString(looks.gapMillis()),
                Integer.toString(looks.ageMillis()),
                Integer.toString(looks.width()),
                judgement(looks, wanted));
    }

    private static String judgement(Looks looks, Wanted wanted) {
        List<String> judged = new ArrayList<>();
        judge(judged, "fps >= ", wanted.fps(), looks.fps() >= wanted.fps());
        judge(judged, "gap <= ", wanted.gap(), looks.gapMillis() <= wanted.gap());
        judge(judged, "age <= ", wanted.age(), looks.ageMillis() <= wanted.age());
        judge(judged, "width >= ", wanted.width(), looks.width() >= wanted.width());
        return String.join(", ", judged);
    }

    private static void judge(List<String> judged, String sign, int limit, boolean reached) {
        if (limit > 0) {
            judged.add(sign + limit + (reached ? " PASS" : " MISS"));
        }
    }
}
