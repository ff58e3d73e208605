package dev.sightline.transport.webrtc;

import static java.util.Objects.requireNonNull;

import dev.sightline.transport.webrtc.link.Link;
import dev.sightline.transport.webrtc.link.LinkListener;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.RtcpPacket;
import dev.sightline.transport.webrtc.rtp.RtcpReader;
import dev.sightline.transport.webrtc.sdp.LocalParameters;
import dev.sightline.transport.webrtc.sdp.Negotiated;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One peer: its link, and what goes over it, pictures to watch, pictures that are published, or both.
 *
 * <p>Made on any thread; from {@link #begin} on all happens on the media thread, but for what says otherwise.
 */
final class Session implements LinkListener, PacketSink {
    private final String id;
    private final String stream;
    private final Consumer<Session> onEnd;
    private @Nullable Link link;
    private volatile @Nullable Negotiated agreed;
    private Optional<Viewing> viewing = Optional.empty();
    private Optional<Publishing> publishing = Optional.empty();
    private boolean connected;
    private boolean closed;

    /**
     * A session without a link yet.
     *
     * @param id for its address, not to be guessed
     * @param onEnd called once, on the media thread
     */
    Session(String id, String stream, Consumer<Session> onEnd) {
        this.id = id;
        this.stream = stream;
        this.onEnd = onEnd;
    }

    String id() {
        return id;
    }

    String stream() {
        return stream;
    }

    /** Its way to the peer; by any thread. */
    Link link() {
        return requireNonNull(link);
    }

    /** Called before anybody else knows of it. */
    void reaches(Link way) {
        link = way;
    }
}
