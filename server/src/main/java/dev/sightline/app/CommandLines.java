package dev.sightline.app;

import static java.util.Objects.requireNonNull;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Nearest;
import dev.sightline.source.AddressMask;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line; whatever the user got wrong is one clear line and exit code 2. */
public final class CommandLines {
    private CommandLines() {}

    /** Runs it, with the given places for what is said; the exit code is 0 fine, 1 failed, 2 used wrongly. */
    static int execute(PrintWriter out, PrintWriter err, List<String> arguments) {
        CommandLine line = plainSpoken(new ServeCommand()).setOut(out).setErr(err);
        requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        return line.execute(arguments.toArray(String[]::new));
    }

    /**
     * Runs a program's own command line on the console.
     *
     * @param program with picocli's annotations
     */
    public static int execute(Callable<Integer> program, List<String> arguments) {
        return plainSpoken(program).execute(arguments.toArray(String[]::new));
    }

    private static CommandLine plainSpoken(Object command) {
        return new CommandLine(command)
                .setParameterExceptionHandler(CommandLines::refuse)
                .setExecutionExceptionHandler((failure, line, result) -> failed(failure, line));
    }

    private static int refuse(ParameterException e, String[] arguments) {
        return wrong(e.getCommandLine(), message(e));
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            List<String> known = new ArrayList<>(
                    e.getCommandLine().getCommandSpec().optionsMap().keySet());
            String what = word.startsWith("-") ? "unknown flag '" : "unexpected argument '";
            return what + word + "'" + (word.startsWith("-") ? Nearest.hint(word, known) : "");
        }
        return String.valueOf(e.getMessage());
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof ConfigException wrong) {
            return wrong(command, String.valueOf(wrong.getMessage()));
        }
        if (failure instanceof UncheckedIOException) { // a program's port that is taken
            return wrong(command, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof InterruptedException) {
            return CommandLine.ExitCode.OK;
        }
        throw failure;
    }

    private static int wrong(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        // An address is where it should not be in many mistakes, with its password.
        err.println(command.getCommandSpec().root().name() + ": " + AddressMask.text(message));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }
}
