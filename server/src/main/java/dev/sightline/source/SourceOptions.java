package dev.sightline.source;

import java.nio.file.Path;

/**
 * What a configuration says of a source beside its address.
 *
 * @param loop whether a file starts again at its end
 * @param rtspTransport how RTP travels from an RTSP server
 * @param deinterlace whether interlaced video is deinterlaced
 * @param folder what relative paths of files are relative to
 */
public record SourceOptions(boolean loop, RtspTransport rtspTransport, Deinterlace deinterlace, Path folder) {

    /** What holds where nothing is said. */
    public static final SourceOptions DEFAULTS = new SourceOptions(true, RtspTransport.TCP, Deinterlace.AUTO);

    /** The same, with relative files in the working folder. */
    public SourceOptions(boolean loop, RtspTransport rtspTransport, Deinterlace deinterlace) {
        this(loop, rtspTransport, deinterlace, Path.of(""));
    }

    /** How RTP travels from an RTSP server (RFC 2326 section 10.12 and 12.39). */
    public enum RtspTransport {
        /** Interleaved in the RTSP connection: passes firewalls, loses nothing. */
        TCP,
        /** In datagrams of its own. */
        UDP
    }

    /** What becomes of interlaced pictures. */
    public enum Deinterlace {
        /** Those that are flagged so are deinterlaced; the frame rate stays. */
        AUTO,
        /** They are shown as they are, both fields woven into each other. */
        OFF
    }
}
