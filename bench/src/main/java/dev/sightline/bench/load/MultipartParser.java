package dev.sightline.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pictures as parts of a {@code multipart/x-mixed-replace} answer without lengths. A picture is complete when the next
 * boundary is; it is looked for by Horspool's rule, which touches one byte in as many as the boundary is long.
 */
final class MultipartParser implements PictureParser {
    private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final PictureHead head = new PictureHead();
    private final Search boundary;
    private final Search blankLine = new Search(BLANK_LINE);
    private boolean inPicture;

    /** With the boundary as the answer's header names it. */
    MultipartParser(String boundary) {
        this.boundary = new Search(("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void feed(ByteBuffer bytes, Listener listener) {
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            Search wanted = inPicture ? boundary : blankLine;
            boolean found = wanted.advance(bytes);
            if (inPicture) {
                int end = bytes.position();
                bytes.position(start);
                head.see(bytes, end - start);
                bytes.position(end);
            }
            if (found) {
                if (inPicture) {
                    listener.picture(head);
                }
                inPicture = !inPicture;
                head.clear();
            }
        }
    }

    /** Looks for a word in bytes that come in pieces; what may be the word's beginning is kept between pieces. */
    private static final class Search {
        private final byte[] word;
        private final int[] skip = new int[256];
        private final byte[] tail;
        private int tailLength;

        Search(byte[] word) {
            this.word = word;
            this.tail = new byte[word.length - 1];
            Arrays.fill(skip, word.length);
            for (int i = 0; i < word.length - 1; i++) {
                skip[word[i] & 0xFF] = word.length - 1 - i;
            }
        }

        /** Moves the position behind the word's end, or to the limit where the word is not found. */
        boolean advance(ByteBuffer bytes) {
            int base = bytes.position();
            int count = bytes.remaining();
            int last = word.length - 1;
            // Positions below zero lie in the tail.
            for (int end = last - tailLength; end < count; ) {
                int at = last;
                while (at >= 0 && byteAt(bytes, base, end - last + at) == word[at]) {
                    at--;
                }
                if (at < 0) {
                    tailLength = 0;
                    bytes.position(base + end + 1);
                    return true;
                }
                end += skip[byteAt(bytes, base, end) & 0xFF];
            }
            keepTail(bytes, base, count);
            bytes.position(base + count);
            return false;
        }

        private byte byteAt(ByteBuffer bytes, int base, int index) {
            return index < 0 ? tail[tailLength + index] : bytes.get(base + index);
        }

        private void keepTail(ByteBuffer bytes, int base, int count) {
            int kept = Math.min(tail.length, tailLength + count);
            byte[] next = new byte[kept];
            for (int i = 0; i < kept; i++) {
                next[i] = byteAt(bytes, base, count - kept + i);
            }
            System.arraycopy(next, 0, tail, 0, kept);
            tailLength = kept;
        }
    }
}
