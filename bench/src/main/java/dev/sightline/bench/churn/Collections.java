package dev.sightline.bench.churn;

import dev.sightline.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM with {@code -Xlog:gc:file=…} notes of its garbage collections: {@code Pause Young (…) 24M->9M(37M) 3.1ms}. */
final class Collections {
    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\((\\d+)M\\)");

    private Collections() {}

    /** What was in use just after the last collection; NaN if there has been none. */
    static double megabytesAfterTheLast(Path notes) {
        try {
            return Files.readString(notes)
                    .lines()
                    .map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .mapToDouble(pause -> Double.parseDouble(pause.group(2)))
                    .reduce(Double.NaN, (before, last) -> last);
        } catch (NoSuchFileException e) {
            return Double.NaN;
        } catch (IOException e) {
            throw new BenchException("cannot read " + notes, e);
        }
    }
}
