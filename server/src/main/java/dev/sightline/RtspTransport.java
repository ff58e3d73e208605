package dev.sightline;

/** How frames travel from an RTSP server. */
public enum RtspTransport {
    /** Interleaved in the RTSP connection: passes firewalls and loses nothing. */
    TCP,
    /** As separate datagrams. */
    UDP
}
