package dev.sightline.transport.webrtc;

import dev.sightline.transport.webrtc.rtp.RtpFeed;
import dev.sightline.transport.webrtc.rtp.SendDelays.Percentiles;

/**
 * How a rendition is sent, as {@code /api/webrtc} reports it, over the newest 300 frames.
 *
 * @param stream the stream's name
 * @param rendition {@code vp8 source 2000 kbit/s}
 * @param delayMillis from a frame's capture until its last packet was sent to the last of its viewers
 * @param addedMillis the same without the encoder's time
 * @param sendingMillis from when it was sent to its first viewer until it was sent to the last
 */
record FeedStatus(
        String stream, String rendition, Percentiles delayMillis, Percentiles addedMillis, Percentiles sendingMillis) {

    static FeedStatus of(String stream, RtpFeed feed) {
        return new FeedStatus(
                stream,
                feed.rendition().describe(),
                feed.delays().inAll(),
                feed.delays().beyondEncoding(),
                feed.delays().fromFirstToLast());
    }
}
