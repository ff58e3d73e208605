package dev.sightline.transport.webrtc.transport;

import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.transport.webrtc.ice.TransportTuple;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A path to one remote address that belongs to a peer transport, once its peer has come there. Used on the media thread. */
abstract class PeerPath extends TransportTuple {
    private final Counters counters;
    private @Nullable PeerTransport transport;

    PeerPath(InetSocketAddress remote, Counters counters) {
        super(remote, counters.withheld);
        this.counters = counters;
    }

    final @Nullable PeerTransport transport() {
        return transport;
    }

    final void belongsTo(PeerTransport owner) {
        transport = owner;
        restart();
    }

    final Counters counters() {
        return counters;
    }

    final void dropped(SingleWriterCounter tally, int packets) {
        tally.add(packets);
        if (transport != null) {
            transport.dropped(packets);
        }
    }
}
