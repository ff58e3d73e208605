package dev.sightline.transport.webrtc;

import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import java.util.List;

/**
 * What a publisher asks for.
 *
 * @param watch whether to send the processed frames back, if it offers to receive them
 * @param processors to run, of those the stream offers to senders
 * @param codecs of what it sends
 */
record PublishWishes(boolean watch, List<String> processors, CodecPreferences codecs) {

    PublishWishes {
        processors = List.copyOf(processors);
    }
}
