package dev.sightline.app;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log for programs: one JSON object per line, with {@code time} (RFC 3339, UTC), {@code level}, {@code logger}, {@code thread},
 * {@code message}, and where they apply {@code stream}, {@code error} and {@code stack}, and {@code leftOut}, the number of lines
 * that were left out before.
 */
final class JsonLines extends Formatter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    /** As messages name a stream or a mirror's session, and as its threads are named. */
    private static final Pattern STREAM = Pattern.compile("\\bstream '([A-Za-z0-9_-]{1,64})(?:~\\d+)?'");

    private static final Pattern THREAD =
            Pattern.compile("([A-Za-z0-9_-]{1,64})(?:~\\d+)?-(?:reader|stream|mjpeg|vp8|h264|making|closing)");

    private final LongSupplier leftOut;

    /** Takes the supplier of how many lines were left out since its last call. */
    JsonLines(LongSupplier leftOut) {
        this.leftOut = leftOut;
    }

    @Override
    public String format(LogRecord event) {
        String thread = Thread.currentThread().getName(); // the handler is called by the thread that logs
        String message = Logging.OneLine.clean(formatMessage(event));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", TIME.format(event.getInstant()));
        line.put("level", Logging.OneLine.word(event.getLevel()));
        line.put("logger", String.valueOf(event.getLoggerName()));
        line.put("thread", thread);
        stream(message, thread).ifPresent(name -> line.put("stream", name));
        line.put("message", message);
        if (event.getThrown() != null) {
            addFault(line, event.getThrown());
        }
        long before = leftOut.getAsLong();
        if (before > 0) {
            line.put("leftOut", before);
        }
        return JSON.writeValueAsString(line) + System.lineSeparator();
    }

    private static void addFault(Map<String, Object> line, Throwable fault) {
        List<String> causes = new ArrayList<>();
        List<String> stack = new ArrayList<>();
        for (Throwable cause : Logging.causes(fault)) {
            causes.add(Logging.OneLine.clean(cause.toString()));
            Logging.frames(cause).forEach(frame -> stack.add(frame.toString()));
        }
        line.put("error", String.join("; caused by ", causes));
        if (!stack.isEmpty()) {
            line.put("stack", stack);
        }
    }

    private static Optional<String> stream(String message, String thread) {
        Matcher named = STREAM.matcher(message);
        if (named.find()) {
            return Optional.of(named.group(1));
        }
        Matcher own = THREAD.matcher(thread);
        return own.matches() && !own.group(1).equals("sightline") ? Optional.of(own.group(1)) : Optional.empty();
    }
}
