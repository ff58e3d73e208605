package dev.sightline.source.http;

import java.io.FilterInputStream;
import java.util.zip.InflaterInputStream;

/** The content of a compressed body, each byte as soon as it is decoded. */
final class InflatedInput extends FilterInputStream {
    InflatedInput(InflaterInputStream in) {
        super(in);
    }

    /** InflaterInputStream always answers 1 before its end, which would make callers wait for more than has come. */
    @Override
    public int available() {
        return 0;
    }
}
