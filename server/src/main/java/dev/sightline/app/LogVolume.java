package dev.sightline.app;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.http.limits.TokenBucket;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Limits the log on the disk, whatever causes it: 128 KiB at once, and 64 KiB per minute in the long run. The excess is
 * counted. Safe for use by any thread.
 */
final class LogVolume implements Filter {
    private static final int AT_ONCE = 128 * 1024;
    private static final int A_MINUTE = 64 * 1024;
    private static final int AROUND_A_LINE = 40;
    /** A fault has a few lines of stack trace. */
    private static final int A_TRACE = 1_500;

    private final TokenBucket bytes;

    @GuardedBy("this")
    private long leftOut;

    LogVolume(LongSupplier nanoTime) {
        bytes = new TokenBucket(A_MINUTE / 60, AT_ONCE, nanoTime);
    }

    @Override
    public synchronized boolean isLoggable(LogRecord event) {
        String message = event.getMessage();
        int length = AROUND_A_LINE
                + (message == null ? 0 : Math.min(message.length(), Logging.OneLine.LONGEST))
                + (event.getThrown() == null ? 0 : A_TRACE);
        boolean room = bytes.take(length);
        if (!room) {
            leftOut++;
        }
        return room;
    }

    /** How many lines were left out since the last call. */
    synchronized long leftOut() {
        long since = leftOut;
        leftOut = 0;
        return since;
    }
}
