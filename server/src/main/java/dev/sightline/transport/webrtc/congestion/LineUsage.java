package dev.sightline.transport.webrtc.congestion;

/** How the line is used, judged by the trend of its delay. */
public enum LineUsage {
    /** A queue drains. */
    UNDERUSED,
    NORMAL,
    /** A queue grows. */
    OVERUSED
}
