package dev.sightline.codec;

/** Makes the encoder for a rendition. */
public final class Encoders {
    private Encoders() {}

    /**
     * Creates an encoder for the rendition. A video's native encoder is opened with its first frame, which reports its failure.
     *
     * @throws CodecException if there is none for its codec
     */
    public static Encoder encoder(Rendition rendition) {
        if (rendition instanceof Rendition.Jpeg jpeg) {
            return new JpegEncoder(jpeg);
        }
        if (rendition instanceof Rendition.Video video) {
            return new VideoEncoder(video);
        }
        throw new CodecException("no encoder for " + rendition.codec().codecName());
    }
}
