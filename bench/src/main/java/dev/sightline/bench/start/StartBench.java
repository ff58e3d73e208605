package dev.sightline.bench.start;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.sightline.bench.BenchException;
import dev.sightline.bench.Child;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program behind {@code ./bench/start}: starts {@code ./sightline} again and again, as a user does who has a browser
 * open, and prints how long it took until it printed its address and until a picture was painted.
 */
public final class StartBench {
    private static final double MAX_SECONDS = 3;
    private static final int RUNS = 5;
    private static final long LONGEST_SECONDS = 60;

    private final Path home;
    private final Path folder;

    private StartBench(Path home) throws IOException {
        this.home = home;
        this.folder = Files.createDirectories(home.resolve("bench/target/start"));
    }

    /** Takes no arguments; exits with 2 if it could not be measured. */
    public static void main(String[] arguments) throws IOException {
        StartBench bench = new StartBench(Path.of(System.getProperty("sightline.home", ".")));
        try (Screen screen = Screen.open()) {
            bench.run(screen);
        } catch (BenchException | PlaywrightException e) {
            System.err.println("bench/start: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run(Screen screen) {
        once(screen); // warms the caches
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            starts.add(once(screen));
        }
        double[] painted =
                starts.stream().mapToDouble(Start::paintedSeconds).sorted().toArray();
        System.out.println("Machine: " + Machine.describe() + "\n");
        Table table = new Table("run", "address printed, s", "picture painted, s", "target");
        for (Start start : starts) {
            table.row("", Table.number(start.greetedSeconds(), 2), Table.number(start.paintedSeconds(), 2), "");
        }
        double median = painted[RUNS / 2];
        table.row("median", "", Table.number(median, 2), Target.AT_MOST.judge(median, MAX_SECONDS, 0));
        table.print(System.out);
    }

    private Start once(Screen screen) {
        Page tab = screen.tab();
        long started = System.currentTimeMillis();
        List<String> command = List.of(home.resolve("sightline").toString(), "demo=pattern:640x480@30", "--port", "0");
        try (Child sightline = Child.start("sightline", folder.resolve("log").toFile(), Map.of(), command)) {
            String greeting = sightline.await(line -> line.contains("Open  http://"), LONGEST_SECONDS);
            long greeted = System.currentTimeMillis();
            double painted = Screen.paintedAt(tab, greeting.substring(greeting.indexOf("http://")) + "live/demo");
            return new Start((greeted - started) / 1e3, (painted - started) / 1e3);
        } finally {
            tab.close();
        }
    }

    /** One start: seconds until the address was printed, and until a picture was on the screen. */
    private record Start(double greetedSeconds, double paintedSeconds) {}
}
