package dev.sightline.transport.webrtc;

import dev.sightline.http.Request;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The client that asks for a session.
 *
 * @param address the client's, by which sessions are counted
 * @param host the server's address as the client knows it, if it used an address
 */
record Caller(InetAddress address, Optional<InetAddress> host) {

    static Caller of(Request request) {
        return new Caller(request.client().address(), HttpHost.of(request));
    }
}
