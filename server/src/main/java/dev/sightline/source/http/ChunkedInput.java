package dev.sightline.source.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of a chunked body (RFC 9112, 7.1). */
final class ChunkedInput extends FilterInputStream {
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (left == 0 && !ended) {
            beginChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, from, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException();
        }
        left -= count;
        return count;
    }

    /** At most the rest of this chunk: whether another follows is unknown without waiting. */
    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    private void beginChunk() throws IOException {
        if (begun) {
            Answer.line(in);
        }
        begun = true;
        String size = Answer.line(in).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("the chunks of its answer are broken");
        }
        left = Long.parseLong(size, 16);
        ended = left == 0;
    }
}
