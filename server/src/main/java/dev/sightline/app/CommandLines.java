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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line; a user's mistake gives one clear line and exit code 2. */
public final class CommandLines {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

    private CommandLines() {}

    /** Where a command tells its results. */
    @SuppressWarnings("DefaultCharset") // the console's
    static PrintWriter out(@Nullable CommandSpec command) {
        return command == null
                ? new PrintWriter(System.out, true)
                : command.commandLine().getOut();
    }

    /** Where it tells its troubles. */
    @SuppressWarnings("DefaultCharset") // the console's
    static PrintWriter err(@Nullable CommandSpec command) {
        return command == null
                ? new PrintWriter(System.err, true)
                : command.commandLine().getErr();
    }

    /** Runs it with the given outputs; the exit code is 0 success, 1 failure, 2 wrong usage. */
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
        int code = execute(plainSpoken(program), arguments);
        ProgramVersion.current().ifPresent(version -> version.requireMayExit(code));
        return code;
    }

    /** Treats an Error as a failure too, which picocli does not: lack of memory, or a missing class. */
    private static int execute(CommandLine line, List<String> arguments) {
        try {
            return line.execute(arguments.toArray(String[]::new));
        } catch (Error e) {
            return failed(e, line);
        }
    }

    private static CommandLine plainSpoken(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A source may begin with an @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(CommandLines::refuse)
                .setExecutionExceptionHandler((failure, line, result) -> failed(failure, line));
    }

    private static int refuse(ParameterException e, String[] arguments) {
        String message = message(e);
        ProgramVersion.current().ifPresent(version -> version.requireMayFail(new ConfigException(message)));
        return wrong(e.getCommandLine(), message);
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
                        + "' cannot be a file's name: this system's language settings do not support these letters; set"
                        + " LC_ALL=C.UTF-8"
                : String.valueOf(e.getMessage());
    }

    private static boolean unreadableName(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains(InvalidPathException.class.getName());
    }

    private static int failed(Throwable failure, CommandLine command) {
        ProgramVersion.current().ifPresent(version -> version.requireMayFail(failure));
        if (failure instanceof ConfigException wrong) {
            return wrong(command, String.valueOf(wrong.getMessage()));
        }
        if (failure instanceof UncheckedIOException) { // a program's port is taken
            return wrong(command, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof InterruptedException) {
            return CommandLine.ExitCode.OK;
        }
        LOG.debug("where it failed", failure);
        say(command, Culprit.describe(failure, CommandLines.class) + "; SIGHTLINE_LOG=debug shows the stack trace");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int wrong(CommandLine command, String message) {
        say(command, message);
        return CommandLine.ExitCode.USAGE;
    }

    private static void say(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        // Many mistakes put an address where it should not be, with its password.
        err.println(command.getCommandSpec().root().name() + ": " + AddressMask.text(message));
        err.flush();
    }
}
