package dev.sightline.bench.fanout;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.BenchException;
import dev.sightline.bench.Machine;
import dev.sightline.bench.ProcessFacts;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The program behind {@code ./bench/fanout}. Three processes take part: Sightline as it is shipped, the floor, and the
 * load client; this one only starts them, reads what Linux knows about them, and prints.
 */
@Command(
        name = "bench/fanout",
        description = "Measures many viewers of Sightline against a bare Netty fan-out of the same bytes.")
public final class FanoutBench implements Callable<Integer> {
    private static final int FILES_BESIDE_VIEWERS = 150;

    @Mixin
    private Options options = new Options();

    private FanoutBench() {}

    /** Exits with 0 whatever was found, and with 2 if it could not be measured. */
    public static void main(String[] arguments) {
        BenchCommand.run(new FanoutBench(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        needFiles();
        out.println("Machine: " + Machine.describe() + "\n");
        try (Lab lab = new Lab(options, out)) {
            options.beside()
                    .ifPresentOrElse(
                            other -> new Beside(lab, other).run(),
                            () -> options.scenarios().forEach(scenario -> scenario.run(lab)));
        }
        return 0;
    }

    private void needFiles() {
        long viewers = options.scenarios().stream()
                .mapToInt(scenario -> scenario.viewers(options.viewers()))
                .max()
                .orElse(0);
        long needed = viewers + FILES_BESIDE_VIEWERS;
        long allowed = ProcessFacts.openFilesLimit();
        if (allowed < needed) {
            throw new BenchException("a process may open " + allowed + " files here, and " + viewers + " viewers need "
                    + needed + ": run `ulimit -n " + needed + "` first");
        }
    }
}
