package dev.sightline.pipeline;

import dev.sightline.pipeline.Pipeline.NamedProcessor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a step threw, in one line for the one who wrote it: what it says, what it is, and the line of the step's code. */
final class Failure {
    /** Code that is not the step's own, though it may have thrown. */
    private static final List<String> OTHERS =
            List.of("java.", "javax.", "jdk.", "sun.", "org.bytedeco.", "dev.sightline.frame.");

    /** What calls the step's own code. */
    private static final Set<String> CALLERS = Set.of(Step.class.getName(), NamedProcessor.class.getName());

    private static final int MOST_LETTERS = 200;

    private Failure() {}

    static String text(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        String kind = type.isEmpty() ? failure.getClass().getName() : type;
        String place = place(failure);
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return place.isEmpty() ? kind : kind + " at " + place;
        }
        return oneLine(message) + " (" + kind + (place.isEmpty() ? ")" : " at " + place + ")");
    }

    private static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .takeWhile(frame -> !CALLERS.contains(frame.getClassName()))
                .filter(frame -> frame.getFileName() != null && frame.getLineNumber() > 0)
                .filter(frame -> OTHERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST_LETTERS ? line : line.substring(0, MOST_LETTERS) + "…";
    }
}
