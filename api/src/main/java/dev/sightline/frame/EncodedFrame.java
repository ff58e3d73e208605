package dev.sightline.frame;

import java.nio.ByteBuffer;

/**
 * A compressed picture with its identity and metadata: small, immutable, and shared by everybody who watches.
 *
 * <p>The bytes live on the Java heap; nobody counts references and nobody closes it. Safe for use by any thread.
 */
public final class EncodedFrame implements Picture {
    private final Codec codec;
    private final byte[] bytes;
    private final boolean keyframe;
    private final int width;
    private final int height;
    private final long seq;
    private final long captureNanos;
    private final long presentationNanos;
    private final long encodingNanos;
    private final Metadata metadata;

    /**
     * An encoded frame that takes over the given array: the caller must not change it afterwards.
     *
     * @param bytes the complete compressed picture
     * @param keyframe whether decoding can start here; always true for an intra-only codec
     * @param seq the picture's number, from 1
     * @param captureNanos nanoseconds since the Unix epoch
     * @param metadata copied if it is not a {@link Metadata#snapshot} already
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
        this(codec, bytes, keyframe, width, height, seq, captureNanos, captureNanos, 0, metadata);
    }

    private EncodedFrame(
            Codec codec,
            byte[] bytes,
            boolean keyframe,
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
        this.width = width;
        this.height = height;
        this.seq = seq;
        this.captureNanos = captureNanos;
        this.presentationNanos = presentationNanos;
        this.encodingNanos = encodingNanos;
        this.metadata = metadata.snapshot();
    }

    /** A JPEG picture. The array is taken over. */
    public static EncodedFrame mjpeg(
            byte[] jpeg, int width, int height, long seq, long captureNanos, Metadata metadata) {
        return new EncodedFrame(Codec.MJPEG, jpeg, true, width, height, seq, captureNanos, metadata);
    }

    /** The same picture with other metadata; the bytes are shared. */
    public EncodedFrame with(Metadata known) {
        return new EncodedFrame(
                codec, bytes, keyframe, width, height, seq, captureNanos, presentationNanos, encodingNanos, known);
    }

    /** The same picture, to be shown at another time than it was captured: an old one that stands for now. */
    public EncodedFrame presentedAt(long nanos) {
        return new EncodedFrame(
                codec, bytes, keyframe, width, height, seq, captureNanos, nanos, encodingNanos, metadata);
    }

    /** The same picture, which an encoder took so many nanoseconds to make. */
    public EncodedFrame encodedIn(long nanos) {
        return new EncodedFrame(
                codec, bytes, keyframe, width, height, seq, captureNanos, presentationNanos, nanos, metadata);
    }

    /** How the picture is compressed. */
    public Codec codec() {
        return codec;
    }

    /** The compressed picture: a read-only view of its own, from position 0 to {@link #size}. */
    public ByteBuffer data() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Number of compressed bytes. */
    public int size() {
        return bytes.length;
    }

    /** Whether decoding can start at this picture. */
    public boolean keyframe() {
        return keyframe;
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

    /** Its place in time among the stream's pictures, in nanoseconds since the Unix epoch: when it was captured, unless it stands for a picture that is missing. */
    public long presentationNanos() {
        return presentationNanos;
    }

    /** How long its encoder took, in nanoseconds; 0 where it is passed through as its source gave it. */
    public long encodingNanos() {
        return encodingNanos;
    }

    /** What was found in the picture; cannot be changed. */
    public Metadata metadata() {
        return metadata;
    }

    @Override
    public String toString() {
        return codec.codecName() + " " + width + "x" + height + " #" + seq + " (" + bytes.length + " bytes)";
    }
}
