package dev.sightline.source.http;

import java.io.FilterInputStream;
import java.util.zip.InflaterInputStream;

/** What a compressed body holds, each byte as soon as it can be told. */
final class InflatedInput extends FilterInputStream {
    InflatedInput(InflaterInputStream in) {
        super(in);
    }

    /** An inflater's own answer is 1 until its end, and who believes it waits for more than has come. */
    @Override
    public int available() {
        return 0;
    }
}
