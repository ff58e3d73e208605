package dev.sightline.transport.webrtc;

import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import java.util.List;

/**
 * What a sender wants.
 *
 * @param watch whether to be sent what becomes of its pictures, if it offers to take them
 * @param processors to run, of those the stream offers to senders
 * @param codecs of what it sends
 */
record PublishWishes(boolean watch, List<String> processors, CodecPreferences codecs) {

    /** Copies the list. */
    PublishWishes {
        processors = List.copyOf(processors);
    }
}
