package dev.sightline.transport.webrtc;

import dev.sightline.access.Access;
import dev.sightline.http.Request;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.stream.Sender;
import dev.sightline.stream.fanout.ViewerIdentity;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The client that asks for a session.
 *
 * @param address the client's, by which sessions are counted
 * @param host the server's address as the client knows it, if it used an address
 * @param key the viewer key that it gave
 * @param access what it may do: the session ends with it
 */
record Caller(InetAddress address, Optional<InetAddress> host, Optional<String> key, Access access) {

    /** The transport's name. */
    private static final String TRANSPORT = "webrtc";

    /** Somebody at a server without logins. */
    Caller(InetAddress address, Optional<InetAddress> host, Optional<String> key) {
        this(address, host, key, Access.open());
    }

    /** Identifies a new viewer that came by this call. */
    ViewerIdentity viewer() {
        return ViewerIdentity.of(TRANSPORT, name(), Optional.empty()).withKey(key);
    }

    /**
     * A sender that came by this call.
     *
     * @param onDisconnect as {@link Sender} takes it
     */
    Sender sender(Consumer<String> onDisconnect) {
        return new Sender(TRANSPORT, name(), onDisconnect);
    }

    private String name() {
        return new ClientAddress(address, false).name();
    }

    static Caller of(Request request) {
        return new Caller(request.client().address(), HttpHost.of(request), request.query("viewer"), request.access());
    }
}
