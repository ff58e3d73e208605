package dev.sightline.app;

import dev.sightline.app.configuration.LogFormat;
import dev.sightline.config.ConfigException;
import dev.sightline.source.AddressMask;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log on standard error, for people or for programs. */
final class Logging {
    private static final int MOST_CAUSES = 10;
    private static final int MOST_FRAMES = 8;
    private static final LogVolume VOLUME = new LogVolume(System::nanoTime);
    /** What every worker would say again; kept, since loggers that nobody holds are forgotten. */
    private static final List<Logger> REPEATED =
            List.of(Logger.getLogger("dev.sightline.app.configuration"), Logger.getLogger("dev.sightline.codec"));

    private Logging() {}

    /** Sets it up as SIGHTLINE_LOG says: {@code debug}, {@code json}, or both with a comma between. */
    static void configure() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        root.addHandler(console);
        String words =
                Optional.ofNullable(System.getenv("SIGHTLINE_LOG")).orElse("").toLowerCase(Locale.ROOT);
        List<String> wanted = Arrays.asList(words.split(",", -1));
        use(wanted.contains("json") ? LogFormat.JSON : LogFormat.TEXT);
        if (wanted.contains("debug")) {
            Logger.getLogger("dev.sightline").setLevel(Level.FINE);
            console.setLevel(Level.FINE);
        } else {
            console.setFilter(VOLUME);
        }
    }

    /** Writes in this format from now on. Any thread. */
    static void use(LogFormat format) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(
                    format == LogFormat.JSON ? new JsonLines(VOLUME::leftOut) : new OneLine(VOLUME::leftOut));
        }
    }

    /** A failure and what caused it, from outside in; not all of them where there are very many. */
    static List<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .toList();
    }

    /** The last places of a failure; none for a mistake of the user, whose message says all. */
    static List<StackTraceElement> frames(Throwable failure) {
        return failure instanceof ConfigException
                ? List.of()
                : Stream.of(failure.getStackTrace()).limit(MOST_FRAMES).toList();
    }

    /** In a worker: leaves out what the server says itself, or the worker before has said. */
    static void configureForWorker() {
        configure();
        REPEATED.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    /** The log for people. */
    static final class OneLine extends Formatter {
        static final int LONGEST = 4_000;

        /** Also characters that change the direction of the text, and Unicode's own line ends. */
        private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t]]");

        private final LongSupplier leftOut;

        /** Takes the supplier of how many lines were left out since its last call. */
        OneLine(LongSupplier leftOut) {
            this.leftOut = leftOut;
        }

        @Override
        public String format(LogRecord event) {
            long before = leftOut.getAsLong();
            StringBuilder line = new StringBuilder(String.format(
                    "%1$tF %1$tT %2$-7s %3$s%4$s%n",
                    event.getMillis(),
                    word(event.getLevel()),
                    oneLine(formatMessage(event)),
                    before == 0 ? "" : " (there were too many lines: " + before + " before this one were left out)"));
            for (Throwable cause : event.getThrown() == null ? List.<Throwable>of() : causes(event.getThrown())) {
                line.append("                    ")
                        .append(oneLine(cause.toString()))
                        .append(System.lineSeparator());
                frames(cause)
                        .forEach(frame -> line.append("                      at ")
                                .append(frame)
                                .append(System.lineSeparator()));
            }
            return AddressMask.text(line.toString());
        }

        /** The same as one line without secrets in addresses, for another format. */
        static String clean(String text) {
            return AddressMask.text(oneLine(text));
        }

        /** Cleans text that may come from strangers: it becomes one line, no longer than a screen. */
        private static String oneLine(String text) {
            String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
            return CONTROL.matcher(cut).replaceAll("?");
        }

        static String word(Level level) {
            return level.intValue() >= Level.SEVERE.intValue()
                    ? "error"
                    : level.intValue() >= Level.WARNING.intValue() ? "warning" : level == Level.INFO ? "info" : "debug";
        }
    }
}
