package dev.sightline.source;

import java.nio.file.Path;

/**
 * The configuration of a source besides its address.
 *
 * @param loop whether a file starts again at its end
 * @param rtspTransport how RTP travels from an RTSP server
 * @param deinterlace whether interlaced video is deinterlaced
 * @param folder the base of relative paths
 */
public record SourceOptions(boolean loop, RtspTransport rtspTransport, Deinterlace deinterlace, Path folder) {

    /** The defaults. */
    public static final SourceOptions DEFAULTS = new SourceOptions(true, RtspTransport.TCP, Deinterlace.AUTO);

    /** The same, with relative files in the working folder. */
    public SourceOptions(boolean loop, RtspTransport rtspTransport, Deinterlace deinterlace) {
        this(loop, rtspTransport, deinterlace, Path.of(""));
    }

    /** How RTP travels from an RTSP server (RFC 2326 section 10.12 and 12.39). */
    public enum RtspTransport {
        /** Interleaved in the RTSP connection: passes firewalls and loses nothing. */
        TCP,
        /** As separate datagrams. */
        UDP
    }

    /** What happens to interlaced frames. */
    public enum Deinterlace {
        /** Frames flagged as interlaced are deinterlaced; the frame rate stays the same. */
        AUTO,
        /** Interlaced frames are shown as they are, with both fields woven together. */
        OFF
    }
}
