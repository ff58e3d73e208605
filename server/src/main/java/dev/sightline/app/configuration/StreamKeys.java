package dev.sightline.app.configuration;

import dev.sightline.socketio.StreamEvents;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which keys of a stream apply only to some kinds of source; all others apply to every kind. */
final class StreamKeys {
    private static final Set<String> RECORDINGS = Set.of("file", "http", "https");
    private static final Set<String> RTSP = Set.of("rtsp", "rtsps");
    private static final Set<String> VIDEOS = Set.of("file", "http", "https", "rtsp", "rtsps", "camera");

    private StreamKeys() {}

    /** The given keys that do not apply to the scheme, each with a message. */
    static Map<String, String> misfits(StreamConfig stream, String scheme) {
        Map<String, String> misfits = new LinkedHashMap<>();
        if (!stream.reading().loop() && !RECORDINGS.contains(scheme)) {
            misfits.put("loop", "loop is for files and recordings; '" + scheme + ":' has no end: leave it out");
        }
        if (stream.reading().rtspTransport() != RtspTransport.TCP && !RTSP.contains(scheme)) {
            misfits.put(
                    "rtsp-transport",
                    "rtsp-transport is for rtsp:// and rtsps://, not for '" + scheme + ":': leave it out");
        }
        if (stream.reading().deinterlace() != Deinterlace.AUTO && !VIDEOS.contains(scheme)) {
            misfits.put(
                    "deinterlace",
                    "deinterlace is for files, cameras and servers, not for '" + scheme + ":': leave it out");
        }
        if (stream.maxSenders() != Mirror.DEFAULT_SESSIONS && !scheme.equals("mirror")) {
            misfits.put(
                    "max-senders",
                    "max-senders is for mirror:, not for '" + scheme + ":'"
                            + (scheme.equals("publish") ? ", which takes one sender" : ", to which nobody sends")
                            + ": leave it out");
        }
        if (stream.maxViewers() != LiveStream.DEFAULT_VIEWERS && scheme.equals("mirror")) {
            misfits.put(
                    "max-viewers",
                    "max-viewers is not for mirror:, which shows its senders their own pictures: leave it out");
        }
        StreamEvents events = stream.socketIo();
        if (!events.in().equals(StreamEvents.DEFAULTS.in()) && !StreamPlan.PUSHED.contains(scheme)) {
            misfits.put(
                    "socket-io", "socket-io: in is for publish: and mirror:, not for '" + scheme + ":': leave it out");
        }
        if (!events.reply().equals(StreamEvents.DEFAULTS.reply()) && !scheme.equals("mirror")) {
            misfits.put("socket-io", "socket-io: reply is for mirror:, not for '" + scheme + ":': leave it out");
        }
        return misfits;
    }
}
