package dev.sightline.app;

import dev.sightline.source.AddressMask;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** The format of the log: one line per event on standard error, with its time. */
final class Logging {
    /** What every worker would say again; kept, since loggers that nobody holds are forgotten. */
    private static final List<Logger> REPEATED =
            List.of(Logger.getLogger("dev.sightline.app.configuration"), Logger.getLogger("dev.sightline.codec"));

    private Logging() {}

    static void configure() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        String level = System.getenv("SIGHTLINE_LOG");
        LogVolume volume = new LogVolume(System::nanoTime);
        console.setFormatter(new OneLine(volume::leftOut));
        root.addHandler(console);
        if (level != null && level.equalsIgnoreCase("debug")) {
            Logger.getLogger("dev.sightline").setLevel(Level.FINE);
            console.setLevel(Level.FINE);
        } else {
            console.setFilter(volume);
        }
    }

    /** In a worker: leaves out what the server says itself, or the worker before has said. */
    static void configureForWorker() {
        configure();
        REPEATED.forEach(logger -> logger.setLevel(Level.WARNING));
    }

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
            for (Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
                line.append("                    ")
                        .append(oneLine(cause.toString()))
                        .append(System.lineSeparator());
                StackTraceElement[] trace = cause.getStackTrace();
                for (int i = 0; i < Math.min(8, trace.length); i++) {
                    line.append("                      at ").append(trace[i]).append(System.lineSeparator());
                }
            }
            return AddressMask.text(line.toString());
        }

        /** Cleans text that may come from strangers: it becomes one line, no longer than a screen. */
        private static String oneLine(String text) {
            String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
            return CONTROL.matcher(cut).replaceAll("?");
        }

        private static String word(Level level) {
            return level.intValue() >= Level.SEVERE.intValue()
                    ? "error"
                    : level.intValue() >= Level.WARNING.intValue() ? "warning" : level == Level.INFO ? "info" : "debug";
        }
    }
}
