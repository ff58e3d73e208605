package dev.sightline.app;

import static java.util.Objects.requireNonNull;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Culprit;
import dev.sightline.config.Nearest;
import dev.sightline.source.AddressMask;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line; whatever the user got wrong is one clear line and exit code 2. */
public final class CommandLines {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

    private CommandLines() {}

    /** Runs it, with the given places for what is said; the exit code is 0 fine, 1 failed, 2 used wrongly. */
    static int execute(PrintWriter out, PrintWriter err, List<String> arguments) {
        CommandLine line = plainSpoken(new ServeCommand()).setOut(out).setErr(err);
        requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        return execute(line, arguments);
    }

    /**
     * Runs a program's own command line on the console.
     *
     * @param program with picocli's annotations
     */
    public static int execute(Callable<Integer> program, List<String> arguments) {
        return execute(plainSpoken(program), arguments);
    }

    /** An Error is a failure like others, for which picocli does not take it: memory, or a class that is missing. */
    private static int execute(CommandLine line, List<String> arguments) {
        try {
            return line.execute(arguments.toArray(String[]::new));
        } catch (Error e) {
            return failed(e, line);
        }
    }

    private static CommandLine plainSpoken(Object command) {
        return new CommandLine(command)
                // A source may begin with an @.
                .setExpandAtFiles(false)
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
        return unreadableName(e)
                ? "'" + e.getValue()
                        + "' can be no file's name: this system's language settings know no such letters; set"
                        + " LC_ALL=C.UTF-8"
                : String.valueOf(e.getMessage());
    }

    private static boolean unreadableName(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains(InvalidPathException.class.getName());
    }

    private static int failed(Throwable failure, CommandLine command) {
        if (failure instanceof ConfigException wrong) {
            return wrong(command, String.valueOf(wrong.getMessage()));
        }
        if (failure instanceof UncheckedIOException) { // a program's port that is taken
            return wrong(command, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof InterruptedException) {
            return CommandLine.ExitCode.OK;
        }
        LOG.debug("where it failed", failure);
        say(command, Culprit.describe(failure, CommandLines.class) + "; SIGHTLINE_LOG=debug shows all of where");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int wrong(CommandLine command, String message) {
        say(command, message);
        return CommandLine.ExitCode.USAGE;
    }

    private static void say(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        // An address is where it should not be in many mistakes, with its password.
        err.println(command.getCommandSpec().root().name() + ": " + AddressMask.text(message));
        err.flush();
    }
}
