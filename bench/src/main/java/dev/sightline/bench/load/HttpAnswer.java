package dev.sightline.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer of HTTP that has a length.
 *
 * @param status its code
 * @param body its bytes
 */
record HttpAnswer(int status, byte[] body) {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length:\\s*(\\d+)");

    /** The code in an answer's head. */
    static int status(String head) {
        return Integer.parseInt(head.substring(9, 12));
    }

    /** The length of the body that follows a head. */
    static int length(String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("an answer without a length");
        }
        return Integer.parseInt(length.group(1));
    }

    boolean isOk() {
        return status / 100 == 2;
    }

    /** This answer, if it is of the kind that was hoped for. */
    HttpAnswer orRefused() throws IOException {
        if (!isOk()) {
            throw new IOException("refused: " + status + " " + text());
        }
        return this;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
