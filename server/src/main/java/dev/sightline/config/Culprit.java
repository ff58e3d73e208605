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

    /**
     * {@code the static initializer of Faces does not return; it is at Model.java:33}: what a thread is held up by, and where.
     *
     * @param stack of the thread now
     */
    public static String delay(StackTraceElement[] stack) {
        List<StackTraceElement> own =
                Arrays.stream(stack).filter(Culprit::isOfTheUser).toList();
        if (own.isEmpty()) {
            return "its constructor, or a static initializer, does not return";
        }
        StackTraceElement called = own.get(own.size() - 1);
        StackTraceElement now = own.get(0);
        return routine(called) + " does not return; it is at " + now.getFileName() + ":" + now.getLineNumber();
    }

    private static String routine(StackTraceElement frame) {
        String type = frame.getClassName();
        return switch (frame.getMethodName()) {
            case "<clinit>" -> "the static initializer of " + type;
            case "<init>" -> "the constructor of " + type;
            default -> frame.getMethodName() + " of " + type;
        };
    }

    private static boolean isOfTheUser(StackTraceElement frame) {
        String code = frame.getClassName();
        return frame.getFileName() != null
                && frame.getLineNumber() > 0
                && (code.startsWith(BUILT_IN) || FOREIGN.stream().noneMatch(code::startsWith));
    }
}
