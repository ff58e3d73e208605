package dev.sightline.transport.webrtc;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import java.net.URI;

/** A server with one stream, {@code demo}, what it tells of itself, and the peers that come to watch. */
final class DemoServer implements AutoCloseable {
    private final PeerLoop loop = new PeerLoop();
    private final SightlineServer server = on("127.0.0.1");
    private final Api api = new Api(server.address());

    /** Another one, at a host's address; its bitrate stays, so that keyframes are those of the test. */
    static SightlineServer on(String host) {
        return Sightline.server().host(host).auth("none").port(0).maxWebRtcBitrate(100).stream(
                        "demo", stream -> stream.source("pattern:640x360@30"))
                .start();
    }

    URI address() {
        return server.address();
    }

    Api api() {
        return api;
    }

    /** Where WHEP watches the stream. */
    URI whep() {
        return address().resolve("/live/demo/whep");
    }

    /** What peers share. */
    PeerLoop loop() {
        return loop;
    }

    /** A peer that begins to watch. */
    WebRtcPeer watch(PeerSettings settings) {
        return WebRtcPeer.watch(loop, whep(), settings);
    }

    @Override
    public void close() {
        loop.close();
        server.close();
    }
}
