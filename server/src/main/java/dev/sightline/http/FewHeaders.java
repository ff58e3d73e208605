package dev.sightline.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/** Header fields, limited in number: each takes some 200 bytes of memory, however short it is. */
final class FewHeaders extends DefaultHttpHeaders {
    /** Browsers send about twenty. */
    static final int MOST = 128;

    /** Creates the header fields of a request. */
    static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new FewHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new FewHeaders();
        }
    };

    private FewHeaders() {}

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        if (size() >= MOST) {
            throw new TooLongHttpHeaderException("more than " + MOST + " header fields");
        }
        return super.add(name, value);
    }
}
