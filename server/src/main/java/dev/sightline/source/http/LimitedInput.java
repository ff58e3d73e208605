package dev.sightline.source.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A prefix of an input with a given length. */
final class LimitedInput extends FilterInputStream {
    private long left;

    LimitedInput(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        int each = left == 0 ? -1 : in.read();
        left -= each < 0 ? 0 : 1;
        return each;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(bytes, from, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }
}
