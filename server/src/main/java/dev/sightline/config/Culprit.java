package dev.sightline.config;

import java.util.Arrays;

/** Says of an exception that a user's code threw what it was and where, in one line. */
public final class Culprit {
    private Culprit() {}

    /** The exception's message, and its name where there is none. */
    public static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }

    /** The root of a failure by its name and message, with the line of the user's code from which it came. */
    public static String describe(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < 20 && root.getCause() != null; i++) {
            root = root.getCause();
        }
        String name = root.getClass().getSimpleName();
        String message = message(root);
        return (message.equals(name) ? name : name + ": " + message) + line(root);
    }

    private static String line(Throwable root) {
        return Arrays.stream(root.getStackTrace())
                .filter(Culprit::isOfTheUser)
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }

    private static boolean isOfTheUser(StackTraceElement frame) {
        return frame.getModuleName() == null
                && frame.getFileName() != null
                && frame.getLineNumber() > 0
                && !frame.getClassName().startsWith("dev.sightline.")
                && !frame.getClassName().startsWith("org.bytedeco.");
    }
}
