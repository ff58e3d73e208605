package dev.sightline.frame;

import java.nio.ByteBuffer;

/**
 * A compressed frame with its identity and metadata: small, immutable, and shared by all viewers.
 *
 * <p>The bytes live on the Java heap, without reference counts, and nobody closes them. Safe for use by any thread.
 */
public final class EncodedFrame implements Picture {
    private final Codec codec;
    private final byte[] bytes;
    private final boolean keyframe;
    private final int temporalLayer;
    private final int width;
    private final int height;
    private final long seq;
    private final long captureNanos;
    private final long presentationNanos;
    private final long encodingNanos;
    private final Metadata metadata;

    /**
     * Creates an encoded frame that takes ownership of the array: do not change it afterwards.
     *
     * @param bytes the complete compressed frame
     * @param keyframe whether decoding can start here; always true for an intra-only codec
     * @param seq the frame's number, from 1
     * @param captureNanos nanoseconds since the Unix epoch
     * @param metadata copied unless it is a {@link Metadata#snapshot} already
     */
    public EncodedFrame(
            Codec codec,
            byte[] bytes,
            boolean keyframe,
            int width,
            int height,
            long seq,
            long captureNanos,
            Metadata metadata) {
        this(codec, bytes, keyframe, 0, width, height, seq, captureNanos, captureNanos, 0, metadata);
    }

    private EncodedFrame(
            Codec codec,
            byte[] bytes,
            boolean keyframe,
            int temporalLayer,
            int width,
            int height,
            long seq,
            long captureNanos,
            long presentationNanos,
            long encodingNanos,
            Metadata metadata) {
        this.codec = codec;
        this.bytes = bytes;
        this.keyframe = keyframe;
        this.temporalLayer = temporalLayer;
        this.width = width;
        this.height = height;
        this.seq = seq;
        this.captureNanos = captureNanos;
        this.presentationNanos = presentationNanos;
        this.encodingNanos = encodingNanos;
        this.metadata = metadata.snapshot();
    }

    /** A JPEG frame; takes ownership of the array. */
    public static EncodedFrame mjpeg(
            byte[] jpeg, int width, int height, long seq, long captureNanos, Metadata metadata) {
        return new EncodedFrame(Codec.MJPEG, jpeg, true, width, height, seq, captureNanos, metadata);
    }

    /** The same frame with other metadata; the bytes are shared. */
    public EncodedFrame with(Metadata known) {
        return with(temporalLayer, presentationNanos, encodingNanos, known);
    }

    /** The same frame with another presentation timestamp, for an old frame that is shown in place of a missing one. */
    public EncodedFrame presentedAt(long nanos) {
        return with(temporalLayer, nanos, encodingNanos, metadata);
    }

    /** The same frame with the time its encoder took, in nanoseconds. */
    public EncodedFrame encodedIn(long nanos) {
        return with(temporalLayer, presentationNanos, nanos, metadata);
    }

    /** The same frame in a {@linkplain #temporalLayer temporal layer}. */
    public EncodedFrame inTemporalLayer(int layer) {
        return with(layer, presentationNanos, encodingNanos, metadata);
    }

    private EncodedFrame with(int layer, long presentation, long encoding, Metadata known) {
        return new EncodedFrame(
                codec, bytes, keyframe, layer, width, height, seq, captureNanos, presentation, encoding, known);
    }

    /** How the frame is compressed. */
    public Codec codec() {
        return codec;
    }

    /** The compressed frame as a new read-only view, from position 0 to {@link #size}. */
    public ByteBuffer data() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** The number of compressed bytes. */
    public int size() {
        return bytes.length;
    }

    /** Whether decoding can start at this frame. */
    public boolean keyframe() {
        return keyframe;
    }

    /**
     * The temporal layer, from 0: a decoder may be given only the frames of the layers up to any one, as no other frame depends on
     * one of a layer above 0.
     */
    public int temporalLayer() {
        return temporalLayer;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public long captureNanos() {
        return captureNanos;
    }

    /**
     * The presentation timestamp in nanoseconds since the Unix epoch: the capture time, unless this frame stands in for a
     * missing one.
     */
    public long presentationNanos() {
        return presentationNanos;
    }

    /** How long the encoder took, in nanoseconds; 0 for passthrough, the source's own bytes. */
    public long encodingNanos() {
        return encodingNanos;
    }

    /** The metadata of this frame; immutable. */
    public Metadata metadata() {
        return metadata;
    }

    @Override
    public String toString() {
        return codec.codecName() + " " + width + "x" + height + " #" + seq + " (" + bytes.length + " bytes)";
    }
}
