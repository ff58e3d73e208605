package dev.sightline.transport.webrtc;

import dev.sightline.transport.webrtc.rtp.RtpFeed;
import dev.sightline.transport.webrtc.rtp.SendDelays.Percentiles;

/**
 * How a rendition is sent, as {@code /api/webrtc} tells it: the newest 300 pictures.
 *
 * @param stream whose
 * @param rendition {@code vp8 source 2000 kbit/s}
 * @param delayMillis from a picture's capture until its last packet has left to the last of its viewers
 * @param addedMillis the same without the time that the encoder took for it
 * @param sendingMillis from when it had left to its first viewer until it had left to the last
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
