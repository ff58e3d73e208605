package dev.sightline.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The head of an HTTP answer, as it comes in pieces. Used by one thread. */
final class ResponseHead {
    private static final int MAX_LENGTH = 16 * 1024;

    private final StringBuilder text = new StringBuilder();
    private boolean complete;

    /** Takes bytes up to the head's end; true once it is complete. */
    boolean feed(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && !complete) {
            text.append((char) bytes.get());
            if (text.length() > MAX_LENGTH) {
                throw new IOException("an endless response head");
            }
            complete = text.length() >= 4 && text.indexOf("\r\n\r\n", text.length() - 4) >= 0;
        }
        return complete;
    }

    /** Whether the connection is a WebSocket from now on. */
    boolean isUpgrade() {
        return toString().startsWith("HTTP/1.1 101 ");
    }

    /** For an answer that is of no use. */
    IOException refused() {
        return new IOException("refused: " + toString().lines().findFirst().orElse(""));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
