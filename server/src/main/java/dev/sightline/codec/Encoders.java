package dev.sightline.codec;

import dev.sightline.frame.Codec;

/** Makes the encoder that a rendition needs. */
public final class Encoders {
    private Encoders() {}

    /**
     * An encoder for the rendition.
     *
     * @throws CodecException if there is none for its codec
     */
    public static Encoder encoder(Rendition rendition) {
        if (rendition.codec() != Codec.MJPEG) {
            throw new CodecException("no encoder for " + rendition.codec().codecName());
        }
        return new JpegEncoder(rendition);
    }
}
