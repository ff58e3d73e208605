package dev.sightline;

/** How frames travel from an RTSP server. */
public enum RtspTransport {
    /** Interleaved in the RTSP connection: passes firewalls, loses nothing. */
    TCP,
    /** In datagrams of its own. */
    UDP
}
