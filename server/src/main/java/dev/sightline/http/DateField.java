package dev.sightline.http;

import io.netty.handler.codec.DateFormatter;
import java.util.Date;

/**
 * The Date field of answers (RFC 9110 section 6.6.1), which has whole seconds: it is written once in each. Used by all event
 * loops.
 */
final class DateField {
    private static volatile Written last = written(0);

    private DateField() {}

    /** The present second. */
    static String now() {
        long second = System.currentTimeMillis() / 1000;
        Written written = last;
        if (written.second != second) {
            written = written(second);
            last = written;
        }
        return written.text;
    }

    @SuppressWarnings("JavaUtilDate") // Netty's formatter accepts no other
    private static Written written(long second) {
        return new Written(second, DateFormatter.format(new Date(second * 1000)));
    }

    private record Written(long second, String text) {}
}
