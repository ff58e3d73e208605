package dev.sightline.bench.guesses;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.Machine;
import dev.sightline.bench.ProcessFacts;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Scrape;
import dev.sightline.bench.Table;
import dev.sightline.bench.ThreadTimes;
import dev.sightline.bench.load.Bystanders;
import dev.sightline.bench.load.Door;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./bench/guesses}: Sightline in a process of its own, everybody else in this one. */
@Command(
        name = "bench/guesses",
        description = "Measures what guesses of passwords and tokens cost, and whether others get in meanwhile.")
public final class GuessesBench implements Callable<Integer> {
    private static final double MOST_CORES = 0.1;
    /** Java compiles what is used often: what an attack costs that lasts is measured, not its first minute. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    /** At a door again, right before it is measured. */
    private static final Duration MORE_WARM_UP = Duration.ofSeconds(60);

    private static final int WARM_UP_TIMES = 5;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of each attack, and of the quiet before it (${DEFAULT-VALUE}).")
    private int seconds = 30;

    @Option(names = "--rate", paramLabel = "N", description = "Guesses a second (${DEFAULT-VALUE}).")
    private int rate = 100;

    @Option(
            names = "--door",
            split = ",",
            paramLabel = "form|bearer|jwt|socket_io|web_socket",
            description = "Which, one or several, one after the other (all).")
    private List<Door> doors = List.of(Door.values());

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private GuessesBench() {}

    /** Exits with 0 whatever was found, and with 2 if it could not be measured. */
    public static void main(String[] arguments) {
        BenchCommand.run(new GuessesBench(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("Machine: " + Machine.describe() + "\n");
        out.println("## " + rate + " guesses a second from one address, for " + seconds + " s at each door\n");
        Table table = new Table(
                "door",
                "guesses",
                "answers",
                "hashes",
                "CPU before, cores",
                "CPU, cores",
                "more",
                "of it Java's compilers",
                "others' logins before, p50 and last, ms",
                "their logins, ms",
                "refused",
                "the guessed user elsewhere, refused",
                "login at its address",
                "target");
        Programs programs = new Programs("guesses");
        try (GuessedServer server = GuessedServer.start(programs, programs::sightline)) {
            for (Door door : doors) {
                warmUp(server, door, WARM_UP);
            }
            for (Door door : doors) {
                System.err.println("measuring: " + door.title());
                warmUp(server, door, MORE_WARM_UP); // what was compiled for the door before is compiled anew
                measure(server, door, table);
            }
        }
        table.print(out);
        return 0;
    }

    private void warmUp(GuessedServer server, Door door, Duration length) throws IOException {
        server.guesses(door, WARM_UP_TIMES * rate, length);
    }

    private void measure(GuessedServer server, Door door, Table table) throws IOException {
        Duration length = Duration.ofSeconds(seconds);
        double start = cpu(server);
        Bystanders quiet = server.quiet(length);
        double before = cpu(server);
        ThreadTimes threads = threads(server);
        double wrong = wrong(server);
        GuessedServer.During during = server.guesses(door, rate, length);
        double end = cpu(server);
        ThreadTimes after = threads(server);
        double compilers = after.secondsSince(threads, "C1 ") + after.secondsSince(threads, "C2 ");
        double more = (end - before - (before - start)) / seconds;
        table.row(
                door.title(),
                number(during.guesses().total(), 0),
                during.guesses().answers().entrySet().stream()
                        .map(answer -> number(answer.getValue(), 0) + " x " + answer.getKey())
                        .collect(Collectors.joining(", ")),
                number(wrong(server) - wrong, 0),
                number((before - start) / seconds, 3),
                number((end - before) / seconds, 3),
                number(more, 3),
                number(compilers / seconds, 3),
                times(quiet.logins()),
                times(during.others().logins()),
                number(refused(during.others().logins()), 0),
                number(refused(during.others().guessed()), 0),
                during.others().lost() ? "lost" : "kept",
                verdict(more, during.others()));
    }

    private static String verdict(double more, Bystanders others) {
        boolean in = refused(others.logins()) == 0 && refused(others.guessed()) == 0 && !others.lost();
        return "<= " + MOST_CORES + (more <= MOST_CORES && in ? "  PASS" : "  MISS");
    }

    private static double cpu(GuessedServer server) {
        return ProcessFacts.cpuSeconds(server.server().process().pid());
    }

    private static ThreadTimes threads(GuessedServer server) {
        return ThreadTimes.of(server.server().process().pid());
    }

    /** How many wrong passwords were hashed. */
    private static double wrong(GuessedServer server) {
        return Scrape.of(server.server().stream()).sum("sightline_logins_total{outcome=\"wrong\"");
    }

    private static String times(List<Double> logins) {
        List<Double> sorted = logins.stream().sorted().toList();
        return number(sorted.get((sorted.size() - 1) / 2), 0) + ", " + number(sorted.get(sorted.size() - 1), 0);
    }

    private static long refused(List<Double> logins) {
        return logins.stream().filter(millis -> millis.isInfinite()).count();
    }
}
