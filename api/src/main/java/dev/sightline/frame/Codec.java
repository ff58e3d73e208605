package dev.sightline.frame;

/** How an {@link EncodedFrame} is compressed; named as FFmpeg names it. */
public enum Codec {
    /** No picture at all: identity and metadata alone. */
    NONE("none", true),
    /** JPEG pictures, each complete in itself (ITU-T T.81). */
    MJPEG("mjpeg", true),
    /** PNG pictures (ISO/IEC 15948); they come in from publishers, and are never sent. */
    PNG("png", true),
    /** WebP pictures (RFC 9649); they come in from publishers, and are never sent. */
    WEBP("webp", true),
    /** BMP pictures; they come in from web cameras, and are never sent. */
    BMP("bmp", true),
    /** GIF pictures; they come in from web cameras, and are never sent. */
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

    /** FFmpeg's name of the codec, as it stands in configuration and on the wire. */
    public String codecName() {
        return codecName;
    }

    /** Whether every picture can be decoded without any other, so that any of them may be dropped. */
    public boolean intraOnly() {
        return intraOnly;
    }
}
