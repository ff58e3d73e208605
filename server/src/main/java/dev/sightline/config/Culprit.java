package dev.sightline.config;

import java.util.Arrays;
import java.util.List;

/** Describes an exception of user code and its origin in one line. */
public final class Culprit {
    /** Code that is not the user's, although it may have thrown. */
    private static final List<String> FOREIGN =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.bytedeco.", "dev.sightline.");

    /** Processors that come with the server are described like the user's own. */
    private static final String BUILT_IN = "dev.sightline.processors.";

    private static final int MOST_CAUSES = 20;
    private static final int MOST_LETTERS = 200;

    private Culprit() {}

    /** The exception's message on one line, without secrets, or its class name if it has no message. */
    static String message(Throwable failure, Redaction redaction) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? kind(failure)
                : redaction.apply(message).strip().replaceAll("\\s+", " ");
    }

    /**
     * {@code no such layer (IllegalStateException at Faces.java:33)}: the message, the class, and the line of user code that
     * caused it. For wrapping exceptions, those of the cause.
     *
     * @param caller the caller of user code: frames above it are not to blame
     */
    public static String describe(Throwable failure, Class<?> caller) {
        return describe(failure, caller, new Redaction());
    }

    /** The same for code that received secrets, which must not be shown. */
    public static String describe(Throwable failure, Class<?> caller, Redaction redaction) {
        Throwable told = unwrapped(failure);
        String kind = kind(told);
        String message = message(told, redaction);
        String where = kind + line(told, caller);
        return message.equals(kind) ? where : shortened(message) + " (" + where + ")";
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable told = failure;
        for (int i = 0; i < MOST_CAUSES; i++) {
            Throwable cause = told.getCause();
            String message = told.getMessage();
            if (cause == null || message != null && !message.isBlank() && !message.equals(cause.toString())) {
                break;
            }
            told = cause;
        }
        return told;
    }

    private static String kind(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return name.isEmpty() ? failure.getClass().getName() : name;
    }

    private static String shortened(String message) {
        return message.length() <= MOST_LETTERS ? message : message.substring(0, MOST_LETTERS) + "…";
    }

    /**
     * {@code  at Faces.java:33}: the line of user code that caused it, after a space; empty if no user code did.
     *
     * @param caller the caller of user code
     */
    public static String line(Throwable failure, Class<?> caller) {
        return Arrays.stream(failure.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(caller.getName()))
                .filter(Culprit::isOfTheUser)
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static boolean isOfTheUser(StackTraceElement frame) {
        String code = frame.getClassName();
        return frame.getFileName() != null
                && frame.getLineNumber() > 0
                && (code.startsWith(BUILT_IN) || FOREIGN.stream().noneMatch(code::startsWith));
    }
}
