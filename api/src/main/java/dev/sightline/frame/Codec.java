package dev.sightline.frame;

/** How an {@link EncodedFrame} is compressed, by FFmpeg's names. */
public enum Codec {
    /** No frame data, only identity and metadata. */
    NONE("none", true),
    /** JPEG images, each complete in itself (ITU-T T.81). */
    MJPEG("mjpeg", true),
    /** PNG images (ISO/IEC 15948); accepted from publishers, never sent. */
    PNG("png", true),
    /** WebP images (RFC 9649); accepted from publishers, never sent. */
    WEBP("webp", true),
    /** BMP images; accepted from web cameras, never sent. */
    BMP("bmp", true),
    /** GIF images; accepted from web cameras, never sent. */
    GIF("gif", true),
    /** H.264 access units in Annex B form (ITU-T H.264). */
    H264("h264", false),
    /** VP8 frames (RFC 6386). */
    VP8("vp8", false);

    private final String codecName;
    private final boolean intraOnly;

    Codec(String codecName, boolean intraOnly) {
        this.codecName = codecName;
        this.intraOnly = intraOnly;
    }

    /** FFmpeg's name of the codec, used in configuration and on the wire. */
    public String codecName() {
        return codecName;
    }

    /** Whether each frame decodes without any other, so that any of them may be dropped. */
    public boolean intraOnly() {
        return intraOnly;
    }
}
