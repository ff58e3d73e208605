package dev.sightline.source;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration of a source besides its address.
 *
 * @param loop whether a file starts again at its end
 * @param rtspTransport how RTP travels from an RTSP server
 * @param deinterlace whether interlaced video is deinterlaced
 * @param folder the base of relative paths
 * @param egress where it may connect from the first connection on; empty for a source that may be anywhere
 */
public record SourceOptions(
        boolean loop, RtspTransport rtspTransport, Deinterlace deinterlace, Path folder, Optional<EgressRule> egress) {

    /** The defaults. */
    public static final SourceOptions DEFAULTS = new SourceOptions(true, RtspTransport.TCP, Deinterlace.AUTO);

    /** The same, with relative files in the working folder. */
    public SourceOptions(boolean loop, RtspTransport rtspTransport, Deinterlace deinterlace) {
        this(loop, rtspTransport, deinterlace, Path.of(""), Optional.empty());
    }

    /** The same, within another rule of where it may connect. */
    public SourceOptions within(EgressRule rule) {
        return new SourceOptions(loop, rtspTransport, deinterlace, folder, Optional.of(rule));
    }

    /** The same, with relative files in another folder. */
    public SourceOptions in(Path other) {
        return new SourceOptions(loop, rtspTransport, deinterlace, other, egress);
    }

    /** How RTP travels from an RTSP server (RFC 2326 section 10.12 and 12.39). */
    public enum RtspTransport {
        /** Interleaved in the RTSP connection: passes firewalls and loses nothing. */
        TCP,
        /** As separate datagrams. */
        UDP
    }

    /** Where a source may lead, from its own address on. */
    public enum Egress {
        /** To its own address wherever that is, and from there as far as a camera may lead. */
        ANY,
        /** Only as far as the section {@code egress} allows. */
        CHECKED
    }

    /** What happens to interlaced frames. */
    public enum Deinterlace {
        /** Frames flagged as interlaced are deinterlaced; the frame rate stays the same. */
        AUTO,
        /** Interlaced frames are shown as they are, with both fields woven together. */
        OFF
    }
}
