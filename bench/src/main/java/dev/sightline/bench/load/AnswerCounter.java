package dev.sightline.bench.load;

import java.nio.ByteBuffer;

/**
 * Counts the answers to pipelined requests by where they begin; what is in them does not look like that. Used by one
 * thread.
 */
final class AnswerCounter implements PictureParser {
    private static final String START = "HTTP/1.1 ";

    private final FloodTally tally;
    private int matched;

    AnswerCounter(FloodTally tally) {
        this.tally = tally;
    }

    @Override
    public void feed(ByteBuffer bytes, Listener listener) {
        while (bytes.hasRemaining()) {
            char next = (char) (bytes.get() & 0xFF);
            if (matched == START.length()) {
                tally.answered(next == '2');
                matched = 0;
            } else if (next == START.charAt(matched)) {
                matched++;
            } else {
                matched = next == START.charAt(0) ? 1 : 0;
            }
        }
    }
}
