package dev.sightline.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what a child prints into the server's log, line by line: at most {@value #MOST_LINES} in 10 s, each at most
 * {@value #LONGEST} characters. Reads on in any case, since a child that cannot print stops.
 */
final class OutputLog {
    static final int MOST_LINES = 50;
    static final int LONGEST = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(OutputLog.class);
    private static final long PERIOD_NANOS = 10_000_000_000L;

    /** The JVM's words on a fatal error, which are told otherwise. */
    private static final String CRASH = "#";

    private final LongSupplier nanoTime;
    private long periodBegan;
    private int lines;
    private long leftOut;

    OutputLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.periodBegan = nanoTime.getAsLong();
    }

    /** Reads until the child's end. */
    void read(String name, InputStream output) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (next == '\n') {
                    line(name, line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST) {
                    line.append((char) next);
                }
            }
            line(name, line.toString());
        } catch (IOException e) {
            LOG.debug("reading what {} prints", name, e);
        }
    }

    private void line(String name, String text) {
        if (text.isBlank() || text.startsWith(CRASH)) {
            LOG.debug("{}: {}", name, text);
            return;
        }
        if (nanoTime.getAsLong() - periodBegan > PERIOD_NANOS) {
            periodBegan = nanoTime.getAsLong();
            lines = 0;
        }
        if (++lines > MOST_LINES) {
            leftOut++;
            return;
        }
        LOG.info("{}: {}{}", name, text.strip(), leftOut == 0 ? "" : " (" + leftOut + " lines before were left out)");
        leftOut = 0;
    }
}
