package dev.sightline.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the JVM's report of a fatal error ({@code hs_err}) says.
 *
 * @param signal as in SIGSEGV, or the JVM's words for another error
 * @param library the native library in which it happened
 * @param thread the Java thread in which it happened
 */
record CrashReport(String signal, Optional<String> library, Optional<String> thread) {
    /** The beginning of the report is enough. */
    private static final int MOST_LINES = 120;

    private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z0-9]+|Internal Error|Out of Memory Error).*");
    private static final Pattern LIBRARY = Pattern.compile("# C\\s+\\[([A-Za-z0-9_.-]+).*");
    private static final Pattern THREAD = Pattern.compile("Current thread \\(.*\\):\\s+JavaThread \"(.*?)\" .*");

    /** Reads a report; empty if there is none, or its JVM had no time to write more than nothing. */
    static Optional<CrashReport> read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                Stream<String> lines = reader.lines().limit(MOST_LINES)) {
            List<String> start = lines.toList();
            return first(start, SIGNAL)
                    .map(signal -> new CrashReport(signal, first(start, LIBRARY), first(start, THREAD)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Part of a sentence. */
    String reason() {
        return "it crashed with " + signal + library.map(name -> " in " + name).orElse("");
    }

    private static Optional<String> first(List<String> lines, Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst();
    }
}
