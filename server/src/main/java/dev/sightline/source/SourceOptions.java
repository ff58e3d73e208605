package dev.sightline.source;

import dev.sightline.processor.Parameter;

/**
 * What a configuration says of a source beside its address.
 *
 * @param loop whether a file starts again at its end
 * @param rtspTransport how RTP travels from an RTSP server
 */
public record SourceOptions(
        @Parameter(value = "Whether a file starts again at its end.", byDefault = "true")
        boolean loop,

        @Parameter(value = "How pictures travel from an RTSP server: tcp or udp.", byDefault = "tcp")
        RtspTransport rtspTransport) {

    /** What holds where nothing is said. */
    public static final SourceOptions DEFAULTS = new SourceOptions(true, RtspTransport.TCP);

    /** How RTP travels from an RTSP server (RFC 2326 section 10.12 and 12.39). */
    public enum RtspTransport {
        /** Interleaved in the RTSP connection: passes firewalls, loses nothing. */
        TCP,
        /** In datagrams of its own. */
        UDP
    }
}
