package dev.sightline.app;

import dev.sightline.auth.Passwords;
import dev.sightline.config.ConfigException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sightline password}: prints the hash of a password, for a configuration. Never an argument: those are seen by others. */
@Command(
        name = "password",
        description =
                "Print the hash of a password, for users in the configuration; it is asked for, or the first line of the"
                        + " input.")
final class PasswordCommand implements Callable<Integer> {
    private static final int SHORTEST = 8;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String password = read();
        if (password.length() < SHORTEST || password.length() > Passwords.LONGEST) {
            throw new ConfigException("a password has " + SHORTEST + " to " + Passwords.LONGEST + " characters");
        }
        CommandLines.out(spec).println(Passwords.hash(password));
        CommandLines.out(spec).flush();
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // it is null on JDK 17
    private static String read() throws IOException {
        Console console = System.console();
        if (console == null || !Terminal.shows('x')) {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return Optional.ofNullable(input.readLine()).orElse("");
        }
        char[] first = asked(console, "Password: ");
        char[] second = asked(console, "Once more: ");
        if (!Arrays.equals(first, second)) {
            throw new ConfigException("the two are different");
        }
        return new String(first);
    }

    private static char[] asked(Console console, String prompt) {
        char[] typed = console.readPassword(prompt);
        return typed == null ? new char[0] : typed;
    }
}
