package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.fanout.ViewerIdentity;
import org.jspecify.annotations.Nullable;

/** A client's current subscription. The next one begins before it ends. Used in the session's order. */
final class Watching {
    private final ViewerIdentity viewer;
    private @Nullable StreamSubscriber now;

    /** For a client that does not watch yet. */
    Watching(ConnectedClient client) {
        ClientAddress address = client.session().client();
        this.viewer = ViewerIdentity.of(StreamOffer.TRANSPORT, address.name(), address.limited())
                .withKey(client.handshake().choice("viewer"));
    }

    /** The number of the frame shown last; 0 before the first. */
    long shownSeq() {
        return now == null ? 0 : now.shownSeq();
    }

    /** Continues with another subscription, after a frame that was already shown. */
    void begin(StreamSubscriber next, LiveStream stream, Rendition rendition, long afterSeq) throws RefusedException {
        StreamSubscriber former = now;
        next.begin(stream, rendition, afterSeq, viewer);
        now = next;
        if (former != null) {
            former.close();
        }
    }

    /** Stops sending on the session's current event loop. */
    void pause() {
        if (now != null) {
            now.mute();
        }
    }

    void close() {
        if (now != null) {
            now.close();
            now = null;
        }
    }
}
