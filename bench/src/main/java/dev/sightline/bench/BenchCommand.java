package dev.sightline.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs a bench as a program. */
public final class BenchCommand {
    private static final int COULD_NOT_RUN = 2;

    private BenchCommand() {}

    /** Exits with 0 whatever was found, and with 2 and one line if it could not be measured. */
    public static void run(Callable<Integer> bench, String... arguments) {
        CommandLine line = new CommandLine(bench);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, result) -> {
            if (!(failure instanceof BenchException)) {
                throw failure;
            }
            System.err.println(command.getCommandName() + ": " + failure.getMessage());
            return COULD_NOT_RUN;
        });
        System.exit(line.execute(arguments));
    }
}
